package io.lonja.edi;

/** Whatever the bytes are, what is answered can be read, and stands before a checker that knows only the standards. */
public final class AcknowledgmentFuzz {

    private AcknowledgmentFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Reading reading = EdiFixture.PARSER.parse(data);
        if (SecondLook.ASKED) {
            FaithfulReading.answersStand(data, reading);
            return;
        }
        byte[] answers =
                Inspection.of("fuzz", data, EdiFixture.PARSER).acknowledgments(EdiFixture.WRITER, 1, EdiFixture.AT);
        if (answers.length > 0
                && !EdiFixture.errors(EdiFixture.PARSER.parse(answers)).isEmpty()) {
            throw new IllegalStateException("An answer of ours has faults");
        }
    }
}
