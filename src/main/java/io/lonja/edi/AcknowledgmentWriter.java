package io.lonja.edi;

import java.time.Instant;
import java.util.Optional;

/** Writes what a sender is told about an interchange: pure functions of the reading, the numbers and the time. */
public interface AcknowledgmentWriter {

    /** 997, 999 and TA1 for X12, CONTRL for EDIFACT. */
    static AcknowledgmentWriter forBothStandards() {
        return new Acknowledgments(new X12Acknowledgments(), new EdifactAcknowledgments());
    }

    /**
     * What could be read of an interchange that stands: one interchange with a 997 or 999 (GS01 = FA) for every functional
     * group that is not itself an acknowledgment, or with one CONTRL that names every message; empty when there is none to
     * answer, or when the interchange is refused as a whole.
     *
     * @param agreed by what groups of 005010 and later are answered; says nothing in EDIFACT
     * @param controlNumber ISA13 or UNB 0020 of the answer, 1 to 999999999
     */
    Optional<byte[]> functional(Interchange of, FunctionalAcknowledgment agreed, long controlNumber, Instant at);

    /**
     * What is said of the envelope alone: one interchange with a TA1, or with a CONTRL that refuses it (UCI 0083 = 4).
     *
     * @param noteCode TA105, {@code 000} received, {@code 025} duplicate, or UCI 0085; see {@link Interchange#noteCode}
     */
    byte[] interchange(Interchange of, String noteCode, long controlNumber, Instant at);
}
