package io.lonja.commission;

import io.lonja.document.DocumentRef;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.time.LocalDate;
import java.util.Comparator;

/**
 * A credit line, or the rest of one, that no known invoice line covers. It reverses nothing until its invoice is here.
 *
 * @param invoiceNumber the invoice it names; empty when it names none
 * @param value credited net value, not commission
 * @param date of the credit note, from which its age counts
 */
public record UnmatchedCredit(
        PartyId supplier,
        PartyId member,
        String invoiceNumber,
        String line,
        Money value,
        DocumentRef because,
        LocalDate date) {

    static final Comparator<UnmatchedCredit> ORDER = Comparator.comparing(UnmatchedCredit::date)
            .thenComparing(credit -> credit.because().number())
            .thenComparing(credit -> credit.because().at().entry())
            .thenComparing(credit -> credit.because().at().bytes().from());
}
