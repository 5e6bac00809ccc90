package io.lonja.edi;

/** Whatever the bytes are, what is answered stands before a checker that knows only the standards. */
public final class AcknowledgmentFuzz {

    private AcknowledgmentFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        FaithfulReading.answersStand(data, EdiFixture.PARSER.parse(data));
    }
}
