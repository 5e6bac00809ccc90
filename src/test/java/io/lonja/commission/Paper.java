package io.lonja.commission;

import io.lonja.archive.ByteRange;
import io.lonja.document.Answer;
import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.document.DocumentType;
import io.lonja.document.LineAnswer;
import io.lonja.document.PricedDocument;
import io.lonja.document.PricedDocument.Adjustment;
import io.lonja.document.PricedDocument.Line;
import io.lonja.document.PricedDocument.Totals;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes business documents for tests: {@code Paper.invoice("4711", "2026-11-02").line("1", "A", 10, "12.50")}. */
public final class Paper {

    private final DocumentType type;
    private final String number;
    private final LocalDate date;
    private final Currency currency;
    private final TreeMap<String, List<String>> references = new TreeMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Adjustment> adjustments = new ArrayList<>();
    private final TreeMap<String, LocalDate> dates = new TreeMap<>();
    private @Nullable Answer answer;

    private Paper(DocumentType type, String number, String date, String currency) {
        this.type = type;
        this.number = number;
        this.date = LocalDate.parse(date);
        this.currency = Currency.getInstance(currency);
    }

    public static Paper order(String number, String date) {
        return new Paper(DocumentType.PURCHASE_ORDER, number, date, "EUR");
    }

    public static Paper invoice(String number, String date) {
        return new Paper(DocumentType.INVOICE, number, date, "EUR");
    }

    public static Paper invoice(String number, String date, String currency) {
        return new Paper(DocumentType.INVOICE, number, date, currency);
    }

    public static Paper credit(String number, String date) {
        return new Paper(DocumentType.CREDIT_NOTE, number, date, "EUR");
    }

    /** To the order that is {@linkplain #naming named}. */
    public static Paper response(String number, String date, Answer answer) {
        Paper paper = new Paper(DocumentType.ORDER_RESPONSE, number, date, "EUR");
        paper.answer = answer;
        return paper;
    }

    /** The same number and date, with the same lines. */
    public static Paper like(PricedDocument document) {
        Paper paper = new Paper(
                document.type(),
                document.number(),
                document.date().toString(),
                document.currency().getCurrencyCode());
        document.references().forEach((name, values) -> paper.references.put(name, new ArrayList<>(values)));
        paper.lines.addAll(document.lines());
        paper.adjustments.addAll(document.adjustments());
        return paper;
    }

    public Paper naming(String what, String referenced) {
        references.computeIfAbsent(what, name -> new ArrayList<>()).add(referenced);
        return this;
    }

    /** Under the supplier's code, or without one when it is empty. */
    public Paper line(String lineNumber, String item, int quantity, String price) {
        return line(lineNumber, "supplier-item", item, quantity, "EA", price, List.of());
    }

    /** Under the buyer's own code, for 1.00 each. */
    public Paper buyerLine(String lineNumber, String item, int quantity, String unit) {
        return line(lineNumber, "buyer-item", item, quantity, unit, "1.00", List.of());
    }

    public Paper line(
            String lineNumber,
            String scheme,
            String item,
            int quantity,
            String unit,
            String price,
            List<PricedDocument.Split> split) {
        BigDecimal unitPrice = new BigDecimal(price);
        TreeMap<String, String> items = new TreeMap<>();
        if (!item.isEmpty()) {
            items.put(scheme, item);
        }
        int at = 200 * (lines.size() + 1);
        lines.add(new Line(
                lineNumber,
                items,
                null,
                new Quantity(BigDecimal.valueOf(quantity), unit),
                unitPrice,
                Money.rounded(unitPrice.multiply(BigDecimal.valueOf(quantity)), currency, RoundingMode.HALF_UP),
                null,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                new ByteRange(at, at + 100),
                split));
        return this;
    }

    /**
     * A line of a response in cases; without a part the line is confirmed as ordered.
     *
     * @param item the supplier's code, or none when it is empty
     */
    public Paper answered(
            String lineNumber,
            String item,
            int ordered,
            String price,
            List<PricedDocument.Split> split,
            LineAnswer.Part... parts) {
        LineAnswer said = new LineAnswer(new Quantity(BigDecimal.valueOf(ordered), "CA"), List.of(parts));
        BigDecimal confirmed = said.confirmed(Objects.requireNonNull(answer));
        line(lineNumber, "supplier-item", item, confirmed.intValueExact(), "CA", price, split);
        Line line = lines.remove(lines.size() - 1);
        lines.add(new Line(
                line.number(),
                line.items(),
                null,
                line.quantity(),
                line.unitPrice(),
                line.net(),
                null,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                line.wire(),
                line.split(),
                said,
                line.rates()));
        return this;
    }

    /** An answer to so many cases; {@code delivery} may be empty. */
    public static LineAnswer.Part part(LineAnswer.Status status, int cases, String delivery) {
        TreeMap<String, LocalDate> days = new TreeMap<>();
        if (!delivery.isEmpty()) {
            days.put("delivery-scheduled", LocalDate.parse(delivery));
        }
        return new LineAnswer.Part(status, new Quantity(BigDecimal.valueOf(cases), "CA"), days, new TreeMap<>());
    }

    public Paper dated(String meaning, String date) {
        dates.put(meaning, LocalDate.parse(date));
        return this;
    }

    public Paper allowance(String amount) {
        adjustments.add(adjustment(Adjustment.Kind.ALLOWANCE, amount));
        return this;
    }

    public Paper charge(String amount) {
        adjustments.add(adjustment(Adjustment.Kind.CHARGE, amount));
        return this;
    }

    private Adjustment adjustment(Adjustment.Kind kind, String amount) {
        return new Adjustment(kind, "X", null, Money.exactly(new BigDecimal(amount), currency), new ByteRange(1, 2));
    }

    public PricedDocument written() {
        Money sum = lines.stream().map(Line::net).reduce(Money.zero(currency), Money::plus);
        Money net = adjustments.stream().map(Adjustment::signed).reduce(sum, Money::plus);
        return new PricedDocument(
                type,
                number,
                date,
                currency,
                new TreeMap<>(),
                references,
                dates,
                List.copyOf(lines),
                List.copyOf(adjustments),
                List.of(),
                List.of(),
                new Totals(sum, net, Money.zero(currency), net, new TreeMap<>()),
                answer);
    }
}
