package io.lonja.fulfilment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
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
import io.lonja.document.ReceivingAdvice;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A document as far as it matters to one order that it names, or to none.
 *
 * @param id of the document in the register: {@code 17-0}
 * @param terms of when it came
 * @param orderDate the order's, where the document says it
 * @param requested when the whole order is wanted; of an order or a change only
 * @param invoice the one that a credit note is about, where it says it
 * @param shipments numbers of despatch advices, packing lists and bills of lading that it names
 * @param answer to the whole order or change; of a response only
 * @param change of the whole order; of a change only
 * @param answeredChange number of the change that is answered, where that is said
 * @param answeredChangeDate its date, likewise
 * @param lines those of this order
 * @param charges of the document and these lines; null where it has no prices
 * @param taxes of the whole document, left out where it names several orders
 * @param net of the whole document; null where it has no prices
 * @param total payable; null where it has no prices
 */
record TradeDocument(
        String id,
        DocumentType type,
        String number,
        LocalDate date,
        DocumentRef because,
        Instant recordedAt,
        Terms terms,
        @Nullable LocalDate orderDate,
        @Nullable LocalDate requested,
        @Nullable String invoice,
        List<String> shipments,
        @Nullable Answer answer,
        @Nullable Change change,
        @Nullable String answeredChange,
        @Nullable LocalDate answeredChangeDate,
        List<Line> lines,
        @Nullable Money charges,
        List<Tax> taxes,
        @Nullable Money net,
        @Nullable Money total) {

    /** Of documents that name no order. */
    static final String NO_ORDER = "";

    private static final String ORDER = "purchase-order";
    private static final String CHANGE = "order-change";

    /** In the order in which people wrote them, whatever came first; of two that are alike, the one that came last is newer. */
    static final Comparator<TradeDocument> AS_WRITTEN = Comparator.comparing(TradeDocument::date)
            .thenComparing(TradeDocument::type)
            .thenComparing(TradeDocument::number)
            .thenComparing(TradeDocument::recordedAt)
            .thenComparing(TradeDocument::id);

    /**
     * A line.
     *
     * @param index in the document, counted from 0
     * @param orderLine the line of the order that it is for, where that is said
     * @param substitutes what is sent instead, where a response says so
     * @param quantity ordered, confirmed, sent, received, invoiced or credited
     * @param waiting what a response leaves for later: backordered or on hold
     * @param price of one unit; null where there are no prices
     * @param requested when it is wanted; of an order or a change only
     * @param change what becomes of it; of a change, and of an answer to one where it matters
     * @param answered how much a response answers to; null elsewhere
     * @param rejected whether all of that is rejected
     * @param receipt what the buyer says of it besides how much it received; of a receiving advice only
     */
    record Line(
            int index,
            String number,
            @Nullable String orderLine,
            SortedMap<String, String> items,
            List<SortedMap<String, String>> substitutes,
            Quantity quantity,
            BigDecimal waiting,
            @Nullable BigDecimal price,
            @Nullable Money net,
            List<Tax> taxes,
            @Nullable LocalDate requested,
            @Nullable LineChange change,
            @Nullable BigDecimal answered,
            boolean rejected,
            ByteRange wire,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Receipt receipt) {

        /** The same line with what this one of a change says of it. */
        Line changedBy(Line said, Quantity ordered) {
            SortedMap<String, String> codes = new TreeMap<>(items);
            codes.putAll(said.items);
            boolean priced = said.change != null && !said.change.priceKept();
            return new Line(
                    index,
                    number,
                    orderLine,
                    codes,
                    substitutes,
                    ordered,
                    waiting,
                    priced ? said.price : price,
                    priced ? said.net : net,
                    said.taxes.isEmpty() ? taxes : said.taxes,
                    said.requested == null ? requested : said.requested,
                    change,
                    answered,
                    rejected,
                    wire,
                    receipt);
        }

        /** What came, where all of this despatched line did. */
        Line receivedAsSent(int place, ByteRange told) {
            return new Line(
                    place,
                    number,
                    orderLine,
                    items,
                    substitutes,
                    quantity,
                    waiting,
                    price,
                    net,
                    taxes,
                    requested,
                    change,
                    answered,
                    rejected,
                    told,
                    new Receipt(quantity.value(), null, List.of()));
        }

        /** This received line, for what the despatched one says that it is for. */
        Line of(Line despatched) {
            return new Line(
                    index,
                    number,
                    orderLine == null ? despatched.orderLine : orderLine,
                    items.isEmpty() ? despatched.items : items,
                    substitutes,
                    quantity,
                    waiting,
                    price,
                    net,
                    taxes,
                    requested,
                    change,
                    answered,
                    rejected,
                    wire,
                    receipt);
        }

        /** The same line, of which so much is ordered. */
        Line with(Quantity ordered) {
            return new Line(
                    index,
                    number,
                    orderLine,
                    items,
                    substitutes,
                    ordered,
                    waiting,
                    price,
                    net,
                    taxes,
                    requested,
                    change,
                    answered,
                    rejected,
                    wire,
                    receipt);
        }
    }

    /**
     * What a buyer says of a line that it received.
     *
     * @param accepted in the line's unit
     * @param despatched what was announced, where that is repeated
     */
    record Receipt(
            BigDecimal accepted, @Nullable Quantity despatched, List<ReceivingAdvice.Discrepancy> discrepancies) {}

    /** A tax on a line or on the whole document. */
    record Tax(
            String category,
            @Nullable BigDecimal rate,
            Money amount,
            @Nullable Money base) {}

    /** What each order that the document names is told; under {@link #NO_ORDER} what names none. */
    static SortedMap<String, TradeDocument> of(DocumentAccepted event, Terms terms) {
        BusinessDocument document = event.document();
        SortedMap<String, List<Line>> lines = new TreeMap<>();
        if (document.type() == DocumentType.PURCHASE_ORDER) {
            lines.put(document.number(), new ArrayList<>());
        }
        List<Line> all = lines(document);
        List<SortedMap<String, List<String>>> references = references(document);
        for (int i = 0; i < all.size(); i++) {
            lines.computeIfAbsent(order(document, references.get(i)), order -> new ArrayList<>())
                    .add(all.get(i));
        }
        if (lines.isEmpty()) {
            lines.put(order(document, new TreeMap<>()), new ArrayList<>());
        }
        SortedMap<String, TradeDocument> parts = new TreeMap<>();
        lines.forEach((order, own) ->
                parts.put(order, part(event, terms, own, lines.firstKey().equals(order), lines.size() == 1)));
        return parts;
    }

    /** With these lines of an order, which was placed on this day where this does not say when. */
    TradeDocument with(List<Line> others, @Nullable LocalDate placed) {
        return new TradeDocument(
                id,
                type,
                number,
                date,
                because,
                recordedAt,
                terms,
                orderDate == null ? placed : orderDate,
                requested,
                invoice,
                shipments,
                answer,
                change,
                answeredChange,
                answeredChangeDate,
                others,
                charges,
                taxes,
                net,
                total);
    }

    /** Whether this receipt is of what that despatch advice sent. */
    boolean receives(TradeDocument advice) {
        return shipments.contains(advice.number) || !Collections.disjoint(shipments, advice.shipments);
    }

    private static List<Line> lines(BusinessDocument document) {
        if (document instanceof PricedDocument priced) {
            return priced(priced);
        }
        return document instanceof ReceivingAdvice receipt ? received(receipt) : despatched((DespatchAdvice) document);
    }

    private static List<SortedMap<String, List<String>>> references(BusinessDocument document) {
        if (document instanceof PricedDocument priced) {
            return priced.lines().stream().map(PricedDocument.Line::references).toList();
        }
        return document instanceof ReceivingAdvice receipt
                ? receipt.lines().stream().map(ReceivingAdvice.Line::references).toList()
                : ((DespatchAdvice) document)
                        .lines().stream().map(DespatchAdvice.Line::references).toList();
    }

    private static TradeDocument part(
            DocumentAccepted event, Terms terms, List<Line> lines, boolean first, boolean only) {
        BusinessDocument document = event.document();
        PricedDocument priced = document instanceof PricedDocument known ? known : null;
        return new TradeDocument(
                event.because().at().entry() + "-" + event.ordinal(),
                document.type(),
                document.number(),
                document.date(),
                event.because(),
                event.recordedAt(),
                terms,
                document.dates().get(ORDER),
                document.dates().get("delivery-requested"),
                single(document.references(), "invoice"),
                shipments(document),
                priced == null ? null : priced.answer(),
                priced == null ? null : priced.change(),
                single(document.references(), CHANGE),
                document.dates().get(CHANGE),
                lines,
                priced == null ? null : charges(priced, lines, first),
                priced == null || !only ? List.of() : taxes(priced.taxes()),
                priced == null ? null : priced.totals().net(),
                priced == null ? null : priced.totals().payable());
    }

    /** Those of the whole document count for the first order that it names. */
    private static Money charges(PricedDocument document, List<Line> lines, boolean first) {
        Set<Integer> own = new LinkedHashSet<>();
        lines.forEach(line -> own.add(line.index()));
        Stream<Adjustment> ofLines = own.stream().flatMap(index -> document.lines().get(index).adjustments().stream());
        return Stream.concat(first ? document.adjustments().stream() : Stream.empty(), ofLines)
                .filter(adjustment -> adjustment.kind() == Adjustment.Kind.CHARGE)
                .map(Adjustment::amount)
                .reduce(Money.zero(document.currency()), Money::plus);
    }

    /** Numbers of despatch advices and packing lists that it names. */
    static List<String> shipments(BusinessDocument document) {
        return Stream.of("despatch-advice", "packing-list", "bill-of-lading")
                .flatMap(name -> document.references().getOrDefault(name, List.of()).stream())
                .sorted()
                .toList();
    }

    /** The one that a line names, else its document; a change is of one order. */
    static String order(BusinessDocument document, SortedMap<String, List<String>> ofLine) {
        if (document.within().size() == 1) {
            return document.within().get(0);
        }
        if (document.type() == DocumentType.PURCHASE_ORDER) {
            return document.number();
        }
        String said = single(ofLine, ORDER);
        String order = said == null ? single(document.references(), ORDER) : said;
        return order == null ? NO_ORDER : order;
    }

    private static @Nullable String single(SortedMap<String, List<String>> references, String name) {
        List<String> said =
                references.getOrDefault(name, List.of()).stream().distinct().toList();
        return said.size() == 1 ? said.get(0) : null;
    }

    private static List<Line> priced(PricedDocument document) {
        List<Line> lines = new ArrayList<>();
        for (PricedDocument.Line line : document.lines()) {
            LineAnswer answer = line.answer();
            List<LineAnswer.Part> parts = answer == null ? List.of() : answer.parts();
            lines.add(new Line(
                    lines.size(),
                    line.number(),
                    single(line.references(), ORDER + "-line"),
                    line.items(),
                    parts.stream()
                            .map(LineAnswer.Part::items)
                            .filter(items -> !items.isEmpty())
                            .toList(),
                    line.quantity(),
                    parts.stream()
                            .filter(part -> part.status() == LineAnswer.Status.BACKORDERED
                                    || part.status() == LineAnswer.Status.ON_HOLD)
                            .map(part -> part.quantity().value())
                            .reduce(BigDecimal.ZERO, BigDecimal::add),
                    line.unitPrice(),
                    line.net(),
                    taxes(line.taxes()),
                    line.dates().get("delivery-requested"),
                    line.change(),
                    answer == null ? null : answer.ordered().value(),
                    !parts.isEmpty() && parts.stream().allMatch(part -> part.status() == LineAnswer.Status.REJECTED),
                    line.wire(),
                    null));
        }
        return lines;
    }

    private static List<Line> despatched(DespatchAdvice document) {
        List<Line> lines = new ArrayList<>();
        for (DespatchAdvice.Line line : document.lines()) {
            lines.add(moved(
                    lines.size(), line.number(), line.references(), line.items(), line.quantity(), line.wire(), null));
        }
        return lines;
    }

    private static List<Line> received(ReceivingAdvice document) {
        List<Line> lines = new ArrayList<>();
        for (ReceivingAdvice.Line line : document.lines()) {
            lines.add(moved(
                    lines.size(),
                    line.number(),
                    line.references(),
                    line.items(),
                    line.received(),
                    line.wire(),
                    new Receipt(line.accepted().value(), line.despatched(), line.discrepancies())));
        }
        return lines;
    }

    /** A line of goods on their way, which has no price and changes nothing. */
    private static Line moved(
            int index,
            String number,
            SortedMap<String, List<String>> references,
            SortedMap<String, String> items,
            Quantity quantity,
            ByteRange wire,
            @Nullable Receipt receipt) {
        return new Line(
                index,
                number,
                single(references, ORDER + "-line"),
                items,
                List.of(),
                quantity,
                BigDecimal.ZERO,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                false,
                wire,
                receipt);
    }

    private static List<Tax> taxes(List<PricedDocument.Tax> taxes) {
        return taxes.stream()
                .map(tax -> new Tax(tax.category(), tax.rate(), tax.amount(), tax.base()))
                .toList();
    }

    /** The bytes of one of its lines. */
    DocumentRef because(Line line) {
        return because.at(new ArchiveRef(because.at().entry(), line.wire()));
    }

    /** {@code invoice 4711}. */
    String title() {
        return type.wireName() + " " + number;
    }
}
