package io.lonja.commission;

import io.lonja.archive.EntryId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Terms that were agreed. They hold for every invoice dated within their validity, also for one that arrived before
 * the agreement was recorded: its commission is posted when the agreement is made.
 *
 * @param id the archived decision
 */
public record CommissionAgreement(EntryId id, CommissionTerms terms, Instant recordedAt) {

    public RuleVersion version() {
        return new RuleVersion(id, terms.digest());
    }

    /** The agreement as the API and statements show it. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = terms.tree();
        tree.put("id", id.toString());
        tree.put("rule", terms.digest().hex());
        tree.put("recordedAt", recordedAt.toString());
        return tree;
    }
}
