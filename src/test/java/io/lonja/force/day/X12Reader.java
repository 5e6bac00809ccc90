package io.lonja.force.day;

import io.lonja.force.day.Wire.Segment;
import java.math.BigDecimal;
import java.util.Map;

/** 850, 860, 855, 865, 856, 861, 810 and 820 of 004010. */
final class X12Reader extends PaperReader {

    private static final Map<String, Kind> KINDS = Map.of(
            "850", Kind.ORDER,
            "860", Kind.CHANGE,
            "855", Kind.RESPONSE,
            "865", Kind.CHANGE_RESPONSE,
            "856", Kind.DESPATCH,
            "861", Kind.RECEIPT,
            "810", Kind.INVOICE,
            "820", Kind.PAYMENT);
    private static final Map<String, String> UNITS = Map.of("CA", "case", "EA", "piece", "KG", "kilo");
    private static final Map<String, String> ITEMS = Map.of(
            "VN", "supplier-item", "BP", "buyer-item", "IN", "buyer-item", "EN", "gtin", "UK", "gtin", "UP", "gtin");
    private static final Map<String, String> ANSWERS = Map.of(
            "AD", Paper.ACCEPTED,
            "AK", Paper.ACCEPTED,
            "AT", Paper.ACCEPTED,
            "AC", Paper.CHANGED,
            "AE", Paper.CHANGED,
            "RD", Paper.REJECTED,
            "RJ", Paper.REJECTED);
    private static final Map<String, String> CHANGES = Map.of("04", Paper.AMENDED, "01", Paper.CANCELLED);
    private static final Map<String, String> ACTIONS =
            Map.of("AI", Paper.ADDED, "CA", Paper.AMENDED, "DI", Paper.DELETED);
    private static final Map<String, String> MEANINGS = Map.of(
            "IA", "confirmed",
            "IQ", "confirmed",
            "DR", "confirmed",
            "IS", "confirmed",
            "IC", "confirmed",
            "IB", "backordered",
            "IR", "rejected");

    private static final Map<String, String> CONDITIONS = Map.of(
            "01", Paper.DAMAGED,
            "02", Paper.SHORT,
            "16", Paper.SHORT,
            "07", "accepted",
            "08", Paper.REFUSED,
            "10", Paper.REFUSED,
            "12", Paper.REFUSED);

    /** Of the order level that is open. */
    private String orderLevel = "";

    @Override
    void read(String type, Segment segment) {
        if (kind != Kind.CREDIT) { // Which of both an 810 is, BIG has said.
            kind = KINDS.getOrDefault(type, kind);
        }
        switch (segment.tag()) {
            case "BEG" -> {
                begin(segment.at(3), segment.at(5));
                order = number;
            }
            case "BAK" -> {
                begin(segment.at(8), segment.at(9));
                order = segment.at(3);
                answer = named(ANSWERS, segment.at(2));
            }
            case "BCH" -> {
                begin(segment.at(5) + segment.at(7), segment.at(11));
                order = segment.at(3);
                answer = named(CHANGES, segment.at(1));
            }
            case "BCA" -> {
                begin(segment.at(9), segment.at(10));
                order = segment.at(3);
                about = segment.at(5) + segment.at(7);
                answer = named(ANSWERS, segment.at(2));
            }
            case "BSN" -> begin(segment.at(2), segment.at(3));
            case "BIG" -> {
                begin(segment.at(2), segment.at(1));
                order = segment.at(4);
                kind = segment.at(7).equals("CR") ? Kind.CREDIT : Kind.INVOICE;
            }
            case "N1" -> {
                switch (segment.at(1)) {
                    case "BY", "PR" -> buyer = segment.at(4);
                    case "SE", "PE" -> seller = segment.at(4);
                    default -> {}
                }
            }
            case "REF" -> reference(segment);
            case "PRF" -> {
                if (kind == Kind.RECEIPT && !rows.isEmpty()) {
                    row().order = segment.at(1);
                    return;
                }
                orderLevel = segment.at(1);
                order = order.isEmpty() ? orderLevel : order;
            }
            case "MAN" -> sscc = segment.at(2);
            case "PO1", "IT1" -> {
                RowRead row = next(segment.at(1));
                row.unit = named(UNITS, segment.at(3));
                row.add(segment.tag().equals("PO1") ? "ordered" : "invoiced", segment.at(2));
                row.price = new BigDecimal(segment.at(4));
                items(segment, 6, row.items);
            }
            case "POC" -> {
                RowRead row = next(segment.at(1));
                row.unit = named(UNITS, segment.at(5));
                row.add("ordered", segment.at(3));
                row.price = segment.at(6).isEmpty() ? null : new BigDecimal(segment.at(6));
                row.action = kind == Kind.CHANGE ? named(ACTIONS, segment.at(2)) : "";
                items(segment, 8, row.items);
            }
            case "LIN" -> {
                RowRead row = kind == Kind.RECEIPT ? row() : next(segment.at(1));
                row.order = kind == Kind.RECEIPT ? row.order : orderLevel;
                items(segment, 2, row.items);
            }
            case "BRA" -> begin(segment.at(1), segment.at(2));
            case "RCD" -> received(segment);
            case "BPR" -> {
                total = new BigDecimal(segment.at(2));
                date = day(segment.at(16));
            }
            case "TRN" -> number = segment.at(2);
            case "RMR" -> paid(segment);
            case "SN1" -> {
                row().unit = named(UNITS, segment.at(3));
                row().add("sent", segment.at(2));
            }
            case "ACK" -> {
                row().add(named(MEANINGS, segment.at(1)), segment.at(2));
                items(segment, 7, row().instead);
                if (segment.at(4).equals("067")) {
                    row().delivery = day(segment.at(5));
                }
            }
            case "DTM" -> {
                if (kind == Kind.PAYMENT && segment.at(1).equals("097")) {
                    date = day(segment.at(2));
                } else if (kind == Kind.PAYMENT && segment.at(1).equals("003")) {
                    paid().date = day(segment.at(2));
                } else if (kind.answers() && !rows.isEmpty() && segment.at(1).equals("067")) {
                    row().delivery = day(segment.at(2));
                }
            }
            case "TDS" -> total = new BigDecimal(segment.at(1)).movePointLeft(2);
            default -> {}
        }
    }

    private void begin(String said, String on) {
        number = said;
        date = day(on);
    }

    private void reference(Segment segment) {
        switch (segment.at(1)) {
            case "PO" -> {
                if (!rows.isEmpty()) {
                    row().order = segment.at(2);
                }
            }
            case "IV" -> about = segment.at(2);
            case "PK", "SI" -> shipments.add(segment.at(2));
            default -> {}
        }
    }

    private void received(Segment segment) {
        RowRead row = next(segment.at(1));
        row.unit = named(UNITS, segment.at(3));
        row.add("received", segment.at(2));
        if (!segment.at(4).isEmpty()) {
            row.add(Paper.REFUSED, segment.at(4));
        }
        for (int i = 6; !segment.at(i).isEmpty(); i += 3) {
            // What RCD04 says is said once more by the condition.
            row.quantities.put(named(CONDITIONS, segment.at(i + 2)), new BigDecimal(segment.at(i)));
        }
    }

    private void paid(Segment segment) {
        PaidRead item = new PaidRead();
        item.kind = named(Map.of("IV", Kind.INVOICE, "CM", Kind.CREDIT), segment.at(1));
        item.number = segment.at(2);
        item.amount = new BigDecimal(segment.at(4));
        item.due = new BigDecimal(segment.at(5));
        item.discount = segment.at(6).isEmpty() ? BigDecimal.ZERO : new BigDecimal(segment.at(6));
        paid.add(item);
    }

    private static void items(Segment segment, int from, Map<String, String> items) {
        for (int i = from; !segment.at(i).isEmpty(); i += 2) {
            if (!segment.at(i).equals("PL")) {
                items.put(named(ITEMS, segment.at(i)), segment.at(i + 1));
            }
        }
    }

    @Override
    void end() {
        rows.forEach(row -> row.quantities.remove("rejected"));
        accept();
    }
}
