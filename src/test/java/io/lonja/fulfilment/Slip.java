package io.lonja.fulfilment;

import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
import io.lonja.archive.EntryId;
import io.lonja.document.Answer;
import io.lonja.document.BusinessDocument;
import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.document.Change;
import io.lonja.document.DespatchAdvice;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.document.LineAnswer;
import io.lonja.document.LineChange;
import io.lonja.document.PricedDocument;
import io.lonja.document.PricedDocument.Adjustment;
import io.lonja.document.PricedDocument.Line;
import io.lonja.document.PricedDocument.Tax;
import io.lonja.document.PricedDocument.Totals;
import io.lonja.document.ReceivingAdvice;
import io.lonja.document.ReceivingAdvice.Discrepancy;
import io.lonja.document.RemittanceAdvice;
import io.lonja.money.Money;
import io.lonja.partner.Tolerance;
import io.lonja.partner.Tolerances;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the documents of a trade for tests: {@code Slip.invoice("4711", "2026-11-02").of("PO1").line("1", "OIL", "10", "12.50")}. */
final class Slip {

    static final PartyId BUYER = new PartyId("hotel-miramar");
    static final PartyId SELLER = new PartyId("valle-foods");

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Set<DocumentType> BY_BUYER =
            EnumSet.of(DocumentType.PURCHASE_ORDER, DocumentType.RECEIVING_ADVICE, DocumentType.REMITTANCE_ADVICE);
    private static final ByteRange WIRE = new ByteRange(1, 2);

    final DocumentType type;
    final String number;
    private final LocalDate date;
    private final SortedMap<String, List<String>> references = new TreeMap<>();
    private final SortedMap<String, LocalDate> dates = new TreeMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Adjustment> adjustments = new ArrayList<>();
    private final List<Tax> taxes = new ArrayList<>();
    private final Map<Integer, List<Discrepancy>> wrong = new HashMap<>();
    private final List<RemittanceAdvice.Item> paid = new ArrayList<>();
    private @Nullable Answer answer;
    private @Nullable Change change;

    private Slip(DocumentType type, String number, String date) {
        this.type = type;
        this.number = number;
        this.date = LocalDate.parse(date);
    }

    static Slip order(String number, String date) {
        return new Slip(DocumentType.PURCHASE_ORDER, number, date);
    }

    static Slip response(String number, String date, Answer answer) {
        Slip slip = new Slip(DocumentType.ORDER_RESPONSE, number, date);
        slip.answer = answer;
        return slip;
    }

    static Slip change(String number, String date, Change change) {
        Slip slip = new Slip(DocumentType.ORDER_CHANGE, number, date);
        slip.change = change;
        return slip;
    }

    static Slip answerToChange(String number, String date, Answer answer) {
        Slip slip = new Slip(DocumentType.ORDER_CHANGE_RESPONSE, number, date);
        slip.answer = answer;
        return slip;
    }

    static Slip despatch(String number, String date) {
        return new Slip(DocumentType.DESPATCH_ADVICE, number, date);
    }

    static Slip receipt(String number, String date) {
        return new Slip(DocumentType.RECEIVING_ADVICE, number, date);
    }

    static Slip payment(String number, String date) {
        return new Slip(DocumentType.REMITTANCE_ADVICE, number, date);
    }

    static Slip invoice(String number, String date) {
        return new Slip(DocumentType.INVOICE, number, date);
    }

    static Slip credit(String number, String date) {
        return new Slip(DocumentType.CREDIT_NOTE, number, date);
    }

    static Tolerances tolerances(String price, String quantity, String tax, String freight) {
        return new Tolerances(Tolerance.of(price), Tolerance.of(quantity), Tolerance.of(tax), Tolerance.of(freight));
    }

    Slip of(String order) {
        return naming("purchase-order", order);
    }

    Slip naming(String what, String referenced) {
        references.put(what, List.of(referenced));
        return this;
    }

    Slip dated(String meaning, String day) {
        dates.put(meaning, LocalDate.parse(day));
        return this;
    }

    /** In cases; without an item's code where that is empty. */
    Slip line(String lineNumber, String item, String quantity, String price) {
        return line(lineNumber, item, quantity, "CA", price, new TreeMap<>(), null);
    }

    Slip line(String lineNumber, String item, String quantity) {
        return line(lineNumber, item, quantity, "0");
    }

    /** For this line of the order, whatever its own number is. */
    Slip lineFor(String orderLine, String lineNumber, String item, String quantity, String price) {
        return line(
                lineNumber,
                item,
                quantity,
                "CA",
                price,
                new TreeMap<>(Map.of("purchase-order-line", List.of(orderLine))),
                null);
    }

    Slip lineIn(String unit, String lineNumber, String item, String quantity, String price) {
        return line(lineNumber, item, quantity, unit, price, new TreeMap<>(), null);
    }

    /** Of a change, in cases; it says no quantity or no price where that is empty. */
    Slip changes(LineChange.Action action, String lineNumber, String item, String quantity, String price) {
        return line(
                lineNumber,
                item,
                quantity.isEmpty() ? "0" : quantity,
                quantity.isEmpty() ? "" : "CA",
                price.isEmpty() ? "0" : price,
                new TreeMap<>(),
                null,
                new LineChange(action, null, quantity.isEmpty(), price.isEmpty()));
    }

    /** What a response says to this line of 10 cases. */
    Slip answered(String lineNumber, String item, LineAnswer.Part... parts) {
        LineAnswer said = new LineAnswer(new Quantity(new BigDecimal("10"), "CA"), List.of(parts));
        return line(
                lineNumber,
                item,
                said.confirmed(Objects.requireNonNull(answer)).toPlainString(),
                "CA",
                "10.00",
                new TreeMap<>(),
                said);
    }

    static LineAnswer.Part part(LineAnswer.Status status, String quantity) {
        return new LineAnswer.Part(
                status, new Quantity(new BigDecimal(quantity), "CA"), new TreeMap<>(), new TreeMap<>());
    }

    private Slip line(
            String lineNumber,
            String item,
            String quantity,
            String unit,
            String price,
            SortedMap<String, List<String>> ofLine,
            @Nullable LineAnswer said) {
        return line(lineNumber, item, quantity, unit, price, ofLine, said, null);
    }

    private Slip line(
            String lineNumber,
            String item,
            String quantity,
            String unit,
            String price,
            SortedMap<String, List<String>> ofLine,
            @Nullable LineAnswer said,
            @Nullable LineChange changed) {
        SortedMap<String, String> items = new TreeMap<>();
        if (!item.isEmpty()) {
            items.put("supplier-item", item);
        }
        BigDecimal count = new BigDecimal(quantity);
        lines.add(new Line(
                lineNumber,
                items,
                null,
                new Quantity(count, unit),
                new BigDecimal(price),
                Money.rounded(count.multiply(new BigDecimal(price)), EUR, RoundingMode.HALF_UP),
                null,
                List.of(),
                List.of(),
                new TreeMap<>(),
                ofLine,
                new ByteRange(10L * lines.size(), 10L * lines.size() + 5),
                List.of(),
                said,
                List.of(),
                changed));
        return this;
    }

    /** So much of this invoice. */
    Slip paying(String invoice, String amount) {
        return paying(RemittanceAdvice.Item.Kind.INVOICE, invoice, amount);
    }

    Slip paying(RemittanceAdvice.Item.Kind kind, String document, String amount) {
        paid.add(new RemittanceAdvice.Item(
                kind,
                "IV",
                document,
                null,
                null,
                Money.of(amount, "EUR"),
                null,
                List.of(),
                new TreeMap<>(),
                new ByteRange(10L * paid.size(), 10L * paid.size() + 5)));
        return this;
    }

    /** With so much of the last line, in cases; what is refused is not accepted. */
    Slip wrong(Discrepancy.Kind kind, String quantity) {
        wrong.computeIfAbsent(lines.size() - 1, first -> new ArrayList<>())
                .add(new Discrepancy(kind, new Quantity(new BigDecimal(quantity), "CA"), null, null));
        return this;
    }

    /** On the last line. */
    Slip taxed(String rate, String amount) {
        Line last = lines.remove(lines.size() - 1);
        lines.add(new Line(
                last.number(),
                last.items(),
                null,
                last.quantity(),
                last.unitPrice(),
                last.net(),
                null,
                List.of(),
                List.of(tax(rate, amount)),
                new TreeMap<>(),
                last.references(),
                last.wire(),
                List.of(),
                null,
                List.of()));
        return this;
    }

    Slip taxedAsAWhole(String rate, String amount) {
        taxes.add(tax(rate, amount));
        return this;
    }

    /** On a part of what the document amounts to. */
    Slip taxedAsAWholeOn(String base, String rate, String amount) {
        taxes.add(
                new Tax("VA", new BigDecimal(rate), Money.of(amount, "EUR"), WIRE, null, Money.of(base, "EUR"), null));
        return this;
    }

    private static Tax tax(String rate, String amount) {
        return new Tax("VA", new BigDecimal(rate), Money.of(amount, "EUR"), WIRE);
    }

    Slip charge(String amount) {
        adjustments.add(new Adjustment(Adjustment.Kind.CHARGE, "D240", null, Money.of(amount, "EUR"), WIRE));
        return this;
    }

    BusinessDocument written() {
        if (type == DocumentType.DESPATCH_ADVICE) {
            return new DespatchAdvice(
                    type,
                    number,
                    date,
                    new TreeMap<>(),
                    references,
                    dates,
                    null,
                    List.of(),
                    lines.stream()
                            .map(line -> new DespatchAdvice.Line(
                                    line.number(),
                                    line.items(),
                                    null,
                                    line.quantity(),
                                    null,
                                    null,
                                    line.references(),
                                    new TreeMap<>(),
                                    line.wire(),
                                    List.of()))
                            .toList(),
                    new TreeMap<>());
        }
        if (type == DocumentType.RECEIVING_ADVICE) {
            List<ReceivingAdvice.Line> received = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                received.add(received(lines.get(i), wrong.getOrDefault(i, List.of())));
            }
            return new ReceivingAdvice(
                    type, number, date, new TreeMap<>(), references, dates, received, new TreeMap<>());
        }
        if (type == DocumentType.REMITTANCE_ADVICE) {
            Money amount = paid.stream().map(RemittanceAdvice.Item::counted).reduce(Money.zero(EUR), Money::plus);
            return new RemittanceAdvice(
                    type, number, date, EUR, amount, null, new TreeMap<>(), references, dates, List.copyOf(paid));
        }
        Money sum = lines.stream().map(Line::net).reduce(Money.zero(EUR), Money::plus);
        Money net = adjustments.stream().map(Adjustment::signed).reduce(sum, Money::plus);
        Money tax = taxes.stream().map(Tax::amount).reduce(Money.zero(EUR), Money::plus);
        return new PricedDocument(
                type,
                number,
                date,
                EUR,
                new TreeMap<>(),
                references,
                dates,
                List.copyOf(lines),
                List.copyOf(adjustments),
                List.copyOf(taxes),
                List.of(),
                new Totals(sum, net, tax, net.plus(tax), new TreeMap<>()),
                answer,
                false,
                change);
    }

    private static ReceivingAdvice.Line received(Line line, List<Discrepancy> discrepancies) {
        BigDecimal refused = discrepancies.stream()
                .filter(each -> each.kind() == Discrepancy.Kind.REFUSED)
                .map(each -> each.quantity().value())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new ReceivingAdvice.Line(
                line.number(),
                line.items(),
                null,
                line.quantity(),
                new Quantity(
                        line.quantity().value().subtract(refused),
                        line.quantity().unit()),
                null,
                null,
                discrepancies,
                List.of(),
                line.references(),
                new TreeMap<>(),
                line.wire());
    }

    /**
     * It came in this receipt and counts from this entry on.
     *
     * @param receipt whatever the order of arrival, so that ids are the same in all of them
     */
    DocumentAccepted accepted(long receipt, long fact) {
        PartyId sender = type.byBuyer() ? BUYER : SELLER;
        return new DocumentAccepted(
                written(),
                BUYER,
                SELLER,
                new DocumentRef(sender, type, number, new ArchiveRef(new EntryId(receipt), new ByteRange(0, 1000))),
                new EntryId(fact),
                0,
                Instant.parse("2026-12-01T00:00:00Z").plusSeconds(fact));
    }

    /** What these come to for the only order, under these terms. */
    static Trade trade(Tolerances tolerances, boolean orderExpected, Slip... slips) {
        List<TradeDocument> documents = new ArrayList<>();
        String order = "";
        for (Slip slip : slips) {
            var parts = TradeDocument.of(
                    slip.accepted(documents.size() + 1L, documents.size() + 1L),
                    new Terms(60, tolerances, orderExpected));
            order = order.isEmpty() ? parts.firstKey() : order;
            documents.add(parts.get(parts.lastKey()));
        }
        return Trade.of(BUYER, SELLER, order, documents);
    }

    static Trade trade(Slip... slips) {
        return trade(Tolerances.NONE, false, slips);
    }
}
