package io.lonja.fulfilment;

import io.lonja.archive.CanonicalJson;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentType;
import io.lonja.document.RemittanceAdvice;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds what remittance advices pay against the invoices that they name. With each of either kind the ones that it concerns
 * are looked at anew, as a function of all of them, so that every order of arrival ends the same.
 */
final class Payments {

    private final JdbcClient jdbc;
    private final TradeDocuments documents;
    private final Cases cases;

    Payments(JdbcClient jdbc, TradeDocuments documents, Cases cases) {
        this.jdbc = jdbc;
        this.documents = documents;
        this.cases = cases;
    }

    void paid(DocumentAccepted event, RemittanceAdvice advice, boolean invoiceExpected) {
        List<PaidItem> items = PaidItem.of(event, advice, invoiceExpected);
        TreeSet<String> concerned = new TreeSet<>();
        for (PaidItem item : items) {
            jdbc.sql("INSERT INTO paid_item (document, item, buyer, seller, type, number, content)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            item.document(),
                            item.index(),
                            event.buyer().value(),
                            event.seller().value(),
                            item.type().wireName(),
                            item.number(),
                            new String(CanonicalJson.of(item), StandardCharsets.UTF_8))
                    .update();
            concerned.add(item.number());
        }
        concerned.forEach(invoice -> look(event, invoice));
    }

    /** An invoice came, under whose number something may be paid already. */
    void invoiced(DocumentAccepted event) {
        look(event, event.document().number());
    }

    /** Invoices and credit notes that this remittance advice names, by their ids. */
    List<String> paidBy(String remittance) {
        return jdbc.sql("SELECT DISTINCT t.document FROM trade_document t JOIN paid_item p ON p.number = t.number"
                        + " AND p.seller = t.seller AND p.buyer = t.buyer AND p.type = t.type WHERE p.document = ?"
                        + " ORDER BY t.document")
                .param(remittance)
                .query(String.class)
                .list();
    }

    /** Remittance advices that name any of these documents, by their ids. */
    List<String> paying(Collection<String> paid) {
        return jdbc.sql("SELECT DISTINCT p.document FROM paid_item p JOIN trade_document t ON p.number = t.number"
                        + " AND p.seller = t.seller AND p.buyer = t.buyer AND p.type = t.type"
                        + " WHERE t.document IN (:paid) ORDER BY p.document")
                .param("paid", paid)
                .query(String.class)
                .list();
    }

    /** All that is paid of the invoices with this number. */
    private void look(DocumentAccepted event, String invoice) {
        PartyId buyer = event.buyer();
        PartyId seller = event.seller();
        List<PaidItem> items = items(buyer, seller, invoice);
        if (items.isEmpty()) {
            return;
        }
        cases.now(
                buyer,
                seller,
                items.stream()
                        .flatMap(item -> Stream.of(Reason.INVOICE_UNKNOWN, Reason.PAID_OVER_INVOICED)
                                .map(reason -> key(reason, item)))
                        .toList(),
                differences(items, documents.invoices(buyer, seller, invoice)),
                event.fact(),
                event.ordinal(),
                event.recordedAt());
    }

    private List<PaidItem> items(PartyId buyer, PartyId seller, String invoice) {
        return jdbc
                .sql("SELECT content FROM paid_item WHERE number = ? AND seller = ? AND buyer = ? AND type = ?")
                .params(invoice, seller.value(), buyer.value(), DocumentType.INVOICE.wireName())
                .query(String.class)
                .list()
                .stream()
                .map(content -> CanonicalJson.read(content.getBytes(StandardCharsets.UTF_8), PaidItem.class))
                .sorted(PaidItem.AS_WRITTEN)
                .toList();
    }

    /**
     * @param items all that is paid of invoices of one number, as written
     * @param invoices all of that number
     */
    static List<Difference> differences(List<PaidItem> items, List<TradeDocument> invoices) {
        List<Difference> differences = new ArrayList<>();
        Money total = total(invoices);
        BigDecimal paid = BigDecimal.ZERO;
        for (PaidItem item : items) {
            if (invoices.isEmpty() && item.invoiceExpected()) {
                differences.add(unknown(item));
            }
            if (total == null || !total.currency().equals(item.paid().currency())) {
                continue;
            }
            paid = paid.add(item.paid().amount());
            if (paid.compareTo(total.amount()) > 0 && item.paid().amount().signum() > 0) {
                differences.add(over(item, invoices.get(0), total, paid));
            }
        }
        return differences;
    }

    /** Of all invoices with the number; null where there is none, or they are in several currencies. */
    private static @Nullable Money total(List<TradeDocument> invoices) {
        Money sum = null;
        for (TradeDocument invoice : invoices) {
            Money total = invoice.total();
            if (total == null || sum != null && !sum.currency().equals(total.currency())) {
                return null;
            }
            sum = sum == null ? total : sum.plus(total);
        }
        return sum;
    }

    private static Difference unknown(PaidItem item) {
        return new Difference(
                key(Reason.INVOICE_UNKNOWN, item),
                Reason.INVOICE_UNKNOWN,
                null,
                item.document(),
                null,
                item.paid().amount().toPlainString(),
                null,
                item.paid().currency().getCurrencyCode(),
                "Remittance advice %s pays %s of invoice %s, which did not come or is held. Ask the seller for it, or the buyer which invoice it means."
                        .formatted(item.payment(), item.paid(), item.number()),
                List.of(item.because()));
    }

    private static Difference over(PaidItem item, TradeDocument invoice, Money total, BigDecimal paid) {
        return new Difference(
                key(Reason.PAID_OVER_INVOICED, item),
                Reason.PAID_OVER_INVOICED,
                null,
                item.document(),
                total.amount().toPlainString(),
                paid.toPlainString(),
                paid.subtract(total.amount()).toPlainString(),
                total.currency().getCurrencyCode(),
                "Invoice %s is over %s, but with remittance advice %s %s %s are paid of it. Ask the buyer which invoice the rest is for."
                        .formatted(
                                item.number(),
                                total,
                                item.payment(),
                                paid.toPlainString(),
                                total.currency().getCurrencyCode()),
                List.of(invoice.because(), item.because()));
    }

    private static String key(Reason reason, PaidItem item) {
        return "%s|%s|%d".formatted(reason.wireName(), item.document(), item.index());
    }
}
