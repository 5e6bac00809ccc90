package io.lonja.consortium;

import io.lonja.archive.EntryId;
import io.lonja.document.DocumentRef;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.time.LocalDate;
import java.util.List;

/**
 * A member's part of an invoice or credit note, as it was booked.
 *
 * @param net without tax; positive also for a credit note
 * @param because the supplier's document
 */
public record GroupShare(
        EntryId groupOrder,
        PartyId member,
        EntryId fact,
        int ordinal,
        LocalDate date,
        Money net,
        Money tax,
        List<Sharing.SharedLine> lines,
        DocumentRef because) {

    public Money payable() {
        return net.plus(tax);
    }
}
