package io.lonja.account;

import io.lonja.document.DocumentRef;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Something that happened between a party and another. Events are added, never changed.
 *
 * @param sequence counted from 1 without gaps for each party
 * @param counterparty the other one; the operator for commission and share-back
 * @param amount net, without tax; signed only where commission or share-back is taken back
 * @param because the document's bytes, down to the line for commission
 * @param effectiveOn the document's date
 * @param recordedAt when it was learned
 */
public record AccountEvent(
        PartyId party,
        long sequence,
        Kind kind,
        PartyId counterparty,
        Money amount,
        DocumentRef because,
        LocalDate effectiveOn,
        Instant recordedAt) {

    /** What happened. */
    public enum Kind {
        ORDERED,
        /** A supplier answered an order; what it promises, which is neither ordered nor bought by it. */
        CONFIRMED,
        INVOICED,
        CREDITED,
        COMMISSION,
        SHARE_BACK;

        /** {@code share-back}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
