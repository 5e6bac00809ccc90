package io.lonja.edi;

/**
 * What can be wrong with EDI. Constants carry the standards' codes and an analyst's sentence.
 */
public enum ErrorCode {
    NOT_EDI(true, "This is neither X12 (ISA) nor EDIFACT (UNA, UNB).");

    private final boolean fatal;
    private final String sentence;

    ErrorCode(boolean fatal, String sentence) {
        this.fatal = fatal;
        this.sentence = sentence;
    }

    /** Whether what it is about cannot be accepted. */
    public boolean fatal() {
        return fatal;
    }

    String sentence(SyntaxError error) {
        return sentence;
    }
}
