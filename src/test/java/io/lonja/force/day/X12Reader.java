package io.lonja.force.day;

import io.lonja.force.day.Wire.Segment;
import java.math.BigDecimal;
import java.util.Map;

/** 850, 860, 855, 865, 856 and 810 of 004010. */
final class X12Reader extends PaperReader {

    private static final Map<String, Kind> KINDS = Map.of(
            "850", Kind.ORDER,
            "860", Kind.CHANGE,
            "855", Kind.RESPONSE,
            "865", Kind.CHANGE_RESPONSE,
            "856", Kind.DESPATCH,
            "810", Kind.INVOICE);
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
                if (segment.at(1).equals("BY")) {
                    buyer = segment.at(4);
                } else if (segment.at(1).equals("SE")) {
                    seller = segment.at(4);
                }
            }
            case "REF" -> reference(segment);
            case "PRF" -> {
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
                RowRead row = next(segment.at(1));
                row.order = orderLevel;
                items(segment, 2, row.items);
            }
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
                if (kind.answers() && !rows.isEmpty() && segment.at(1).equals("067")) {
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
            case "PK" -> shipments.add(segment.at(2));
            default -> {}
        }
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
    }
}
