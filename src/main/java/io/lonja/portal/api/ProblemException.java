package io.lonja.portal.api;

import java.util.List;

/** A refusal that the caller can understand: rendered as {@code application/problem+json} (RFC 9457). */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * @param status HTTP status
     * @param type stable name of the problem: {@code period-closed}
     * @param detail a sentence: what, where, what to do next
     */
    public ProblemException(int status, String type, String detail) {
        this(Problem.of(status, type, detail, List.of()));
    }

    private ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** What is not there, or is not the caller's to see. */
    public static ProblemException notFound(String what) {
        return new ProblemException(404, "not-found", "There is no %s.".formatted(what));
    }

    /**
     * A request whose shape is wrong in one place (422).
     *
     * @param pointer where in the body (RFC 6901): {@code /party}
     */
    public static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(
                Problem.of(422, "invalid-request", detail, List.of(new Problem.Fault(pointer, detail))));
    }

    /** A query parameter or header that cannot be understood (400). */
    public static ProblemException badParameter(String name, String detail) {
        return new ProblemException(Problem.of(400, "bad-parameter", detail, List.of(new Problem.Fault(name, detail))));
    }

    Problem problem() {
        return problem;
    }

    public int status() {
        return problem.status();
    }

    /** {@code urn:lonja:problem:period-closed}. */
    public String type() {
        return problem.type();
    }
}
