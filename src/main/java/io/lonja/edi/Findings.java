package io.lonja.edi;

import java.util.ArrayList;
import java.util.List;

/** Errors in the order they were found, up to a limit. */
final class Findings {

    private final int errorsMax;
    private final List<SyntaxError> errors = new ArrayList<>();

    Findings(int errorsMax) {
        this.errorsMax = errorsMax;
    }

    /** Beyond the limit nothing is added; the last place says so. */
    void add(SyntaxError error) {
        if (errors.size() < errorsMax) {
            errors.add(error);
        } else if (errors.size() == errorsMax) {
            errors.add(new SyntaxError(
                    error.segment(),
                    "",
                    0,
                    0,
                    ErrorCode.TOO_MANY_ERRORS,
                    "",
                    Expectation.rule(Integer.toString(errorsMax)),
                    error.bytes()));
        }
    }

    boolean full() {
        return errors.size() > errorsMax;
    }

    boolean any(ErrorCode code) {
        return errors.stream().anyMatch(error -> error.code() == code);
    }

    List<SyntaxError> list() {
        return List.copyOf(errors);
    }
}
