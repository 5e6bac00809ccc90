package io.lonja.fulfilment;

import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentListener;
import io.lonja.document.DocumentType;
import io.lonja.document.RemittanceAdvice;
import io.lonja.partner.ProfilesOfRecord;
import io.lonja.party.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Follows every order: what responses, despatch and receiving advices, invoices and credit notes say of its lines, and what
 * does not fit; and which invoices remittance advices pay.
 * With each document the orders that it names are looked at anew, as a function of all their documents, so that every order
 * of arrival ends the same. Requests for quotation and quotations are linked to the orders that name them, and no more.
 */
public final class Fulfilment implements DocumentListener {

    /** After those that book. */
    static final int STEP = 40;

    private final TradeDocuments documents;
    private final Quotations quotations;
    private final OrderLines lines;
    private final Cases cases;
    private final Payments payments;
    private final DuplicateInvoices duplicates;
    private final ProfilesOfRecord profiles;

    Fulfilment(
            TradeDocuments documents,
            Quotations quotations,
            OrderLines lines,
            Cases cases,
            Payments payments,
            DuplicateInvoices duplicates,
            ProfilesOfRecord profiles) {
        this.documents = documents;
        this.quotations = quotations;
        this.lines = lines;
        this.cases = cases;
        this.payments = payments;
        this.duplicates = duplicates;
        this.profiles = profiles;
    }

    /**
     * Documents of the orders that this one names, or that what it pays names, and what pays any of them, itself among them; and
     * what was asked and quoted before: the quotations that an order names and their requests; of a request its quotations
     * and the orders that name these. Empty where it names none that is followed.
     *
     * @param document its id in the register
     * @param limit how many at most
     */
    public List<String> besides(String document, int limit) {
        TreeSet<String> ids = new TreeSet<>(documents.beside(document, limit));
        for (String paid : payments.paidBy(document)) {
            ids.add(paid);
            ids.addAll(documents.beside(paid, limit));
        }
        List<String> payable = new ArrayList<>(ids);
        payable.add(document);
        ids.addAll(payments.paying(payable));
        ids.addAll(quotations.around(document, ids));
        return ids.stream().limit(limit).toList();
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public void on(DocumentAccepted event) {
        DocumentType type = event.document().type();
        if (type == DocumentType.COMMISSION_STATEMENT) {
            return;
        }
        quotations.add(event);
        if (type == DocumentType.REQUEST_FOR_QUOTATION || type == DocumentType.QUOTATION) {
            return; // Nothing is ordered yet.
        }
        duplicates.released(event);
        Optional<Terms> terms = Terms.of(profiles, event.buyer(), event.seller());
        if (terms.isEmpty()) {
            return;
        }
        if (event.document() instanceof RemittanceAdvice advice) {
            payments.paid(event, advice, Terms.invoicesExpected(profiles, event.seller()));
            return;
        }
        follow(event, terms.get());
        if (event.document().type() == DocumentType.INVOICE) {
            payments.invoiced(event);
        }
    }

    private void follow(DocumentAccepted event, Terms terms) {
        SortedMap<String, TradeDocument> parts = TradeDocument.of(event, terms);
        parts.forEach((order, part) -> documents.add(
                event.buyer(),
                event.seller(),
                order,
                part,
                DuplicateInvoices.signature(event.document()).orElse(null)));
        TreeSet<String> orders = new TreeSet<>(parts.keySet());
        TradeDocument withoutOrder = parts.get(TradeDocument.NO_ORDER);
        if (withoutOrder != null) {
            orders.remove(TradeDocument.NO_ORDER);
            String invoice = invoice(withoutOrder);
            if (invoice != null) {
                orders.addAll(documents.ordersOf(event.buyer(), event.seller(), invoice));
            }
            if (invoice != null && orders.remove(TradeDocument.NO_ORDER)) {
                look(event, TradeDocument.NO_ORDER, documents.withoutOrder(event.buyer(), event.seller(), invoice));
            }
        }
        switch (event.document().type()) {
            case DESPATCH_ADVICE, RECEIVING_ADVICE ->
                orders.addAll(documents.ordersByShipment(event.because().at().entry() + "-" + event.ordinal()));
            default -> {
                // Nothing else is followed by its shipment.
            }
        }
        orders.forEach(order -> look(event, order, documents.of(event.buyer(), event.seller(), order)));
    }

    /** The invoice that a document without an order is, or is about. */
    private static @Nullable String invoice(TradeDocument document) {
        return switch (document.type()) {
            case INVOICE -> document.number();
            case CREDIT_NOTE -> document.invoice();
            default -> null;
        };
    }

    private void look(DocumentAccepted event, String order, List<TradeDocument> known) {
        PartyId buyer = event.buyer();
        PartyId seller = event.seller();
        Trade trade = Trade.of(buyer, seller, order, known);
        lines.now(buyer, seller, order, trade.lines(), known.size() == 1);
        cases.now(
                buyer,
                seller,
                order,
                known.stream().map(TradeDocument::id).toList(),
                trade.differences(),
                event.fact(),
                event.ordinal(),
                event.recordedAt());
    }
}
