package io.lonja.edi;

import java.util.List;

/** Whether a transaction set could be read: what its 997 or CONTRL says. */
public sealed interface Verdict {

    /** All errors that were found, in wire order, up to the reader's limit; empty only for {@link Accepted}. */
    List<SyntaxError> errors();

    /** AK501 = A. */
    record Accepted() implements Verdict {
        @Override
        public List<SyntaxError> errors() {
            return List.of();
        }
    }

    /** AK501 = E: it counts, and the sender is told what to mend. */
    record AcceptedWithErrors(List<SyntaxError> errors) implements Verdict {}

    /** AK501 = R: it has no effect. */
    record Refused(List<SyntaxError> errors) implements Verdict {}
}
