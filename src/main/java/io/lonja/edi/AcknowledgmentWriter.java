package io.lonja.edi;

import java.time.Instant;
import java.util.Optional;

/** Writes what a sender is told about an interchange: pure functions of the reading, the numbers and the time. */
public interface AcknowledgmentWriter {

    /** 997 and TA1 of X12 004010. */
    static AcknowledgmentWriter x12() {
        return new X12Acknowledgments();
    }

    /**
     * One interchange with a 997 (GS01 = FA) for every functional group that is not itself an acknowledgment; empty
     * when there is none, or when the interchange is refused as a whole (the TA1 says so then).
     *
     * @param controlNumber ISA13 of the answer, 1 to 999999999
     */
    Optional<byte[]> functional(Interchange of, long controlNumber, Instant at);

    /**
     * One interchange with a TA1 for the envelope.
     *
     * @param noteCode TA105: {@code 000} received, {@code 025} duplicate, or the code of the envelope's first error
     */
    byte[] interchange(Interchange of, String noteCode, long controlNumber, Instant at);
}
