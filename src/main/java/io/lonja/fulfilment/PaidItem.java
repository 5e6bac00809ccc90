package io.lonja.fulfilment;

import io.lonja.archive.ArchiveRef;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.document.RemittanceAdvice;
import io.lonja.document.RemittanceAdvice.Item;
import io.lonja.money.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What a remittance advice says is paid of an invoice, or taken off for a credit note.
 *
 * @param document the remittance advice, by its id in the register
 * @param index of the item in it, counted from 0
 * @param payment number of the remittance advice
 * @param type of what is paid
 * @param number of what is paid
 * @param invoiceExpected whether the seller sends its invoices here, so that one nobody knows is missing
 */
record PaidItem(
        String document,
        int index,
        String payment,
        LocalDate date,
        DocumentRef because,
        DocumentType type,
        String number,
        Money paid,
        boolean invoiceExpected) {

    /** In the order in which people wrote them, whatever came first. */
    static final Comparator<PaidItem> AS_WRITTEN = Comparator.comparing(PaidItem::date)
            .thenComparing(PaidItem::payment)
            .thenComparing(PaidItem::document)
            .thenComparing(PaidItem::index);

    /** Those that name an invoice or a credit note. */
    static List<PaidItem> of(DocumentAccepted event, RemittanceAdvice advice, boolean invoiceExpected) {
        List<PaidItem> items = new ArrayList<>();
        for (int i = 0; i < advice.items().size(); i++) {
            Item item = advice.items().get(i);
            if (item.kind() != Item.Kind.INVOICE && item.kind() != Item.Kind.CREDIT_NOTE) {
                continue;
            }
            DocumentRef because = event.because();
            items.add(new PaidItem(
                    because.at().entry() + "-" + event.ordinal(),
                    i,
                    advice.number(),
                    advice.date(),
                    because.at(new ArchiveRef(because.at().entry(), item.wire())),
                    item.kind() == Item.Kind.INVOICE ? DocumentType.INVOICE : DocumentType.CREDIT_NOTE,
                    Objects.requireNonNull(item.number(), "A paid document has a number"),
                    item.paid(),
                    invoiceExpected));
        }
        return items;
    }
}
