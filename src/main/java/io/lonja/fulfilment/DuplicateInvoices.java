package io.lonja.fulfilment;

import io.lonja.alarm.Alarms;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Sha256;
import io.lonja.document.BookingCheck;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentType;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps an invoice from counting that says the same as one under another number: of the same seller, buyer, order lines,
 * quantities and total, and within 90 days. Two that name shipments, and different ones, are told apart.
 */
final class DuplicateInvoices implements BookingCheck {

    static final String CODE = "duplicate-suspected";

    private static final int DAYS = 90;

    private final TradeDocuments documents;
    private final Cases cases;
    private final Alarms alarms;

    DuplicateInvoices(TradeDocuments documents, Cases cases, Alarms alarms) {
        this.documents = documents;
        this.cases = cases;
        this.alarms = alarms;
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public Optional<MappingProblem> objection(DocumentAccepted candidate) {
        return alike(candidate)
                .map(earlier -> MappingProblem.of(
                        CODE,
                        sentence(candidate, earlier),
                        "",
                        0,
                        candidate.because().at().bytes()));
    }

    @Override
    public void held(DocumentAccepted candidate) {
        TradeDocument earlier = alike(candidate).orElseThrow();
        cases.open(
                candidate.buyer(),
                candidate.seller(),
                TradeDocument.NO_ORDER,
                new Difference(
                        key(document(candidate)),
                        Reason.DUPLICATE_SUSPECTED,
                        null,
                        document(candidate),
                        earlier.number(),
                        candidate.document().number(),
                        null,
                        null,
                        sentence(candidate, earlier),
                        List.of(earlier.because(), candidate.because())),
                candidate.fact(),
                candidate.ordinal(),
                candidate.recordedAt());
        alarms.open(alarm(document(candidate)), sentence(candidate, earlier), candidate.recordedAt());
    }

    /** It counts after all. */
    void released(DocumentAccepted event) {
        if (event.document().type() == DocumentType.INVOICE
                && cases.close(
                        key(document(event)), Cases.BY_OPERATOR, "The invoice was released.", event.recordedAt())) {
            alarms.close(alarm(document(event)), event.recordedAt());
        }
    }

    /** It is a duplicate, or was settled otherwise: it stays held. */
    void settled(Case known, Instant at) {
        alarms.close(alarm(known.document()), at);
    }

    private Optional<TradeDocument> alike(DocumentAccepted candidate) {
        return signature(candidate.document())
                .flatMap(signature -> documents
                        .alike(
                                candidate.buyer(),
                                candidate.seller(),
                                signature,
                                candidate.document().number(),
                                candidate.document().date().minusDays(DAYS),
                                candidate.document().date().plusDays(DAYS))
                        .stream()
                        .filter(earlier ->
                                !otherShipments(earlier.shipments(), TradeDocument.shipments(candidate.document())))
                        .findFirst());
    }

    private static boolean otherShipments(List<String> some, List<String> others) {
        return !some.isEmpty() && !others.isEmpty() && Collections.disjoint(some, others);
    }

    /** By which it is known again; empty for what is no invoice, or has a line that names no order. */
    static Optional<Sha256> signature(BusinessDocument document) {
        if (!(document instanceof PricedDocument invoice)
                || invoice.type() != DocumentType.INVOICE
                || invoice.lines().isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        for (PricedDocument.Line line : invoice.lines()) {
            String order = TradeDocument.order(invoice, line.references());
            if (order.equals(TradeDocument.NO_ORDER)) {
                return Optional.empty();
            }
            Map<String, Object> said = new TreeMap<>();
            said.put("order", order);
            said.put("line", line.references().getOrDefault("purchase-order-line", List.of()));
            said.put("items", line.items().isEmpty() ? line.number() : new TreeMap<>(line.items()));
            said.put("quantity", plain(line.quantity().value()));
            said.put("unit", line.quantity().unit());
            lines.add(new String(CanonicalJson.write(said), StandardCharsets.UTF_8));
        }
        Collections.sort(lines);
        lines.add(invoice.totals().payable().toString());
        return Optional.of(Sha256.of(CanonicalJson.write(lines)));
    }

    private static String plain(BigDecimal figure) {
        return figure.signum() == 0 ? "0" : figure.stripTrailingZeros().toPlainString();
    }

    private static String sentence(DocumentAccepted candidate, TradeDocument earlier) {
        PartyId seller = candidate.seller();
        return "%s of %s to %s has the order lines, quantities and total of invoice %s of %s; it is held. Ask %s: if both are meant, release document %s, else close its case."
                .formatted(
                        candidate.document().title(),
                        seller,
                        candidate.buyer(),
                        earlier.number(),
                        earlier.date(),
                        seller,
                        document(candidate));
    }

    private static String document(DocumentAccepted event) {
        return event.because().at().entry() + "-" + event.ordinal();
    }

    private static String key(String document) {
        return CODE + "|" + document;
    }

    private static String alarm(String document) {
        return CODE + ":" + document;
    }
}
