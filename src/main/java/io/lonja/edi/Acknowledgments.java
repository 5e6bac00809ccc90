package io.lonja.edi;

import java.time.Instant;
import java.util.Optional;

/** Answers each interchange in its own standard. */
record Acknowledgments(AcknowledgmentWriter x12, AcknowledgmentWriter edifact) implements AcknowledgmentWriter {

    @Override
    public Optional<byte[]> functional(
            Interchange of, FunctionalAcknowledgment agreed, long controlNumber, Instant at) {
        return in(of).functional(of, agreed, controlNumber, at);
    }

    @Override
    public byte[] interchange(Interchange of, String noteCode, long controlNumber, Instant at) {
        return in(of).interchange(of, noteCode, controlNumber, at);
    }

    private AcknowledgmentWriter in(Interchange of) {
        return of.envelope().standard() == Standard.X12 ? x12 : edifact;
    }
}
