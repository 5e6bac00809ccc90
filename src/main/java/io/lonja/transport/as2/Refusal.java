package io.lonja.transport.as2;

/** Ends the opening of a message that is not taken. The sentence is for our people and never goes on the wire. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final Disposition disposition;

    Refusal(Disposition disposition, String because) {
        super(because, null, false, false);
        this.disposition = disposition;
    }

    /** What came is not built as a message is; what that is called depends on where it stands. */
    static Refusal malformed(String because) {
        return new Refusal(Disposition.UNEXPECTED_PROCESSING_ERROR, because);
    }

    Disposition disposition() {
        return disposition;
    }

    String because() {
        return String.valueOf(getMessage());
    }
}
