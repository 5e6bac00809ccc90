package io.lonja.edi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Errors in the order they were found, up to a limit of their own and one of the payload. */
final class Findings {

    private final int errorsMax;
    private final Allowance payload;
    private final List<SyntaxError> errors = new ArrayList<>();
    private final @Nullable GuideId overlay;
    private boolean full;

    Findings(int errorsMax, Allowance payload) {
        this(errorsMax, payload, null);
    }

    /** @param overlay by which segments and elements are judged; null where they are by no overlay */
    Findings(int errorsMax, Allowance payload, @Nullable GuideId overlay) {
        this.overlay = overlay;
        this.errorsMax = errorsMax;
        this.payload = payload;
    }

    /**
     * Beyond the limit here nothing is added; the last place says so. Beyond that of the payload the first error is
     * still kept, and the first fatal one, so that no verdict becomes better or worse.
     */
    void add(SyntaxError found) {
        if (full) {
            return;
        }
        SyntaxError error = overlay == null || found.code().ofEnvelope() ? found : found.agreedIn(overlay);
        if (errors.size() < errorsMax) {
            boolean listed = payload.takeError();
            if (listed || error.fatal() || errors.isEmpty()) {
                errors.add(error);
            }
            full = !listed && error.fatal();
        } else {
            full = true;
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
        return full;
    }

    boolean any(ErrorCode code) {
        return errors.stream().anyMatch(error -> error.code() == code);
    }

    List<SyntaxError> list() {
        return List.copyOf(errors);
    }
}
