package io.lonja.portal.api;

/** A refusal that the caller can understand: rendered as {@code application/problem+json} (RFC 9457). */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    /**
     * @param status HTTP status
     * @param type stable name of the problem: {@code period-closed}
     * @param detail a sentence: what, where, what to do next
     */
    public ProblemException(int status, String type, String detail) {
        super(detail);
        this.status = status;
        this.type = type;
    }

    /** What is not there, or is not the caller's to see. */
    public static ProblemException notFound(String what) {
        return new ProblemException(404, "not-found", "There is no %s.".formatted(what));
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }
}
