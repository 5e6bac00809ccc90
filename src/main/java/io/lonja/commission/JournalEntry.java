package io.lonja.commission;

import io.lonja.document.DocumentRef;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * One posting and why it exists. Entries are added, never changed: what turns out differently is posted as the
 * difference to the same {@code position}.
 *
 * @param position what the entry is about, stable over all entries that correct it: the credited or invoiced line
 * @param supplier who pays the commission
 * @param member whose purchase it is
 * @param invoiceNumber which invoice it belongs to; empty for share-back and for credits that name none
 * @param agreement that set the rate; null where no rate is involved
 * @param base signed net value that the amount was computed from
 * @param because the line's bytes; for share-back the archived decision that closed the period
 * @param line the line's own number, empty for share-back
 * @param effectiveOn the date of the document
 * @param recordedAt when it was learned
 * @param period in whose statement it stands: that of its date, or the first one still open
 */
public record JournalEntry(
        JournalEntryId id,
        Kind kind,
        Posting posting,
        String position,
        PartyId supplier,
        PartyId member,
        String invoiceNumber,
        @Nullable RuleVersion agreement,
        Money base,
        DocumentRef because,
        String line,
        LocalDate effectiveOn,
        Instant recordedAt,
        YearMonth period) {

    /** What a posting is for; each kind has a natural direction. */
    public enum Kind {
        COMMISSION,
        REVERSAL,
        SUSPENSE,
        SHARE_BACK;

        /** {@code share-back}. */
        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        }

        Posting posting(PartyId supplier, PartyId member, Money signed) {
            return switch (this) {
                case COMMISSION, REVERSAL ->
                    Posting.signed(LedgerAccount.receivable(supplier), LedgerAccount.EARNED, signed);
                case SUSPENSE ->
                    Posting.signed(LedgerAccount.unmatchedCredit(supplier), LedgerAccount.UNMATCHED, signed);
                case SHARE_BACK -> Posting.signed(LedgerAccount.EARNED, LedgerAccount.shareBack(member), signed);
            };
        }
    }

    /** The amount with its sign: negative where it takes back what this kind of entry gives. */
    public Money signed() {
        LedgerAccount natural = kind.posting(
                        supplier, member, Money.zero(posting.amount().currency()))
                .debit();
        return posting.debit().equals(natural)
                ? posting.amount()
                : posting.amount().negated();
    }

    /** Whether the party may see it: its own side of the ledger only. */
    public boolean concerns(PartyId party) {
        return switch (kind) {
            case COMMISSION, REVERSAL, SUSPENSE -> supplier.equals(party);
            case SHARE_BACK -> member.equals(party);
        };
    }
}
