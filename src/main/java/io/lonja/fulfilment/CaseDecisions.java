package io.lonja.fulfilment;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Command;
import io.lonja.archive.EntryType;
import org.jspecify.annotations.Nullable;

/** What an operator can decide about cases, as archived commands. */
public final class CaseDecisions {

    public static final EntryType CLOSED = EntryType.fact("case-closed");

    /** Of a reason, in characters. */
    public static final int REASON_MAX = 500;

    private CaseDecisions() {}

    /** The case is settled otherwise than by a document. */
    record Closed(String id, String reason) {

        Closed {
            if (reason.isBlank() || reason.length() > REASON_MAX) {
                throw new IllegalArgumentException("A reason has 1 to %d characters.".formatted(REASON_MAX));
            }
        }
    }

    /** Throws {@link IllegalArgumentException} with a sentence when the reason is none, or too long. */
    public static Command close(String actor, @Nullable String idempotencyKey, String id, String reason) {
        return new Command(CLOSED, actor, idempotencyKey, CanonicalJson.of(new Closed(id, reason)));
    }
}
