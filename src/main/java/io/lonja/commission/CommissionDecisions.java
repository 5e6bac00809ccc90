package io.lonja.commission;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Command;
import io.lonja.archive.EntryType;
import io.lonja.party.PartyId;
import java.time.YearMonth;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an operator can decide about commission, as archived commands. */
public final class CommissionDecisions {

    public static final EntryType AGREEMENT = EntryType.fact("commission-agreement");
    public static final EntryType STATEMENT = EntryType.fact("commission-statement");

    private static final Pattern PERIOD = Pattern.compile("[0-9]{4}-(?:0[1-9]|1[0-2])");

    private CommissionDecisions() {}

    /** Whether this is a month as the books keep it: {@code 2026-11}, of the years 0000 to 9999. */
    public static boolean isPeriod(String text) {
        return PERIOD.matcher(text).matches();
    }

    /** From now on, and for all invoices dated within the validity, these terms hold. */
    public static Command agree(String actor, @Nullable String idempotencyKey, CommissionTerms terms) {
        return new Command(AGREEMENT, actor, idempotencyKey, CanonicalJson.write(terms.tree()));
    }

    /** Closes the month for this supplier and states what it owes. */
    public static Command close(String actor, @Nullable String idempotencyKey, PartyId supplier, YearMonth period) {
        return new Command(
                STATEMENT,
                actor,
                idempotencyKey,
                CanonicalJson.write(Map.of("supplier", supplier.value(), "period", period.toString())));
    }
}
