package io.lonja.force.day;

import io.lonja.force.day.Wire.Segment;
import java.math.BigDecimal;
import java.util.Map;

/** ORDERS, ORDCHG, ORDRSP, DESADV, RECADV, INVOIC and REMADV of D.96A, and of EANCOM's D.01B as far as it says the same. */
final class EdifactReader extends PaperReader {

    private static final Map<String, Kind> KINDS = Map.of(
            "220", Kind.ORDER,
            "230", Kind.CHANGE,
            "231", Kind.RESPONSE,
            "351", Kind.DESPATCH,
            "632", Kind.RECEIPT,
            "380", Kind.INVOICE,
            "381", Kind.CREDIT,
            "481", Kind.PAYMENT);
    private static final Map<String, String> UNITS = Map.of("CS", "case", "PCE", "piece", "KGM", "kilo");
    private static final Map<String, String> ITEMS = Map.of("SA", "supplier-item", "IN", "buyer-item");
    private static final Map<String, String> ANSWERS =
            Map.of("29", Paper.ACCEPTED, "44", Paper.ACCEPTED, "4", Paper.CHANGED, "27", Paper.REJECTED);
    private static final Map<String, String> CHANGES = Map.of("4", Paper.AMENDED, "1", Paper.CANCELLED);
    private static final Map<String, String> ACTIONS = Map.of("1", Paper.ADDED, "3", Paper.AMENDED, "2", Paper.DELETED);
    private static final Map<String, String> QUANTITIES = Map.ofEntries(
            Map.entry("21", "ordered"),
            Map.entry("113", "confirmed"),
            Map.entry("83", "backordered"),
            Map.entry("85", "rejected"),
            Map.entry("185", "rejected"),
            Map.entry("12", "sent"),
            Map.entry("48", "received"),
            Map.entry("194", "accepted"),
            Map.entry("195", Paper.REFUSED),
            Map.entry("196", Paper.REFUSED),
            Map.entry("47", "invoiced"));
    private static final Map<String, String> VARIANCES = Map.of(
            "CP", Paper.SHORT,
            "BP", Paper.SHORT,
            "119", Paper.SHORT,
            "AF", Paper.DAMAGED,
            "124", Paper.DAMAGED,
            "195", Paper.REFUSED,
            "196", Paper.REFUSED);

    /** LIN02 of the line that is open. */
    private String action = "";

    /** In the deliveries of a line, which repeat its quantities. */
    private boolean inDelivery;
    /** Behind the lines. */
    private boolean summary;

    @Override
    void read(String type, Segment segment) {
        switch (segment.tag()) {
            case "BGM" -> {
                kind = named(KINDS, segment.at(1));
                number = segment.at(2);
                answer = kind == Kind.RESPONSE
                        ? named(ANSWERS, segment.at(3))
                        : kind == Kind.CHANGE ? named(CHANGES, segment.at(3)) : "";
            }
            case "DTM" -> date(segment);
            case "RFF" -> reference(segment);
            case "NAD" -> {
                switch (segment.at(1)) {
                    case "BY", "PR" -> buyer = segment.at(2);
                    case "SU", "PE" -> seller = segment.at(2);
                    default -> {}
                }
            }
            case "GIN" -> sscc = segment.at(2);
            case "LIN" -> {
                settle();
                RowRead row = next(segment.at(1));
                action = segment.at(2);
                row.action = kind == Kind.CHANGE ? named(ACTIONS, action) : "";
                inDelivery = false;
                if (!segment.at(3).isEmpty()) {
                    row.items.put("gtin", segment.at(3));
                }
            }
            case "PIA" -> {
                Map<String, String> codes = segment.at(1).equals("3") ? row().instead : row().items;
                for (int i = 2; i <= segment.elements().size(); i++) {
                    codes.put(named(ITEMS, segment.at(i, 2)), segment.at(i));
                }
            }
            case "QVR" -> {
                if (kind == Kind.RECEIPT) {
                    String code = segment.at(2).isEmpty() ? segment.at(1, 2) : segment.at(2);
                    row().quantities.put(named(VARIANCES, code), new BigDecimal(segment.at(1)).abs());
                }
            }
            case "DOC" -> {
                PaidRead item = new PaidRead();
                item.kind = named(KINDS, segment.at(1));
                item.number = segment.at(2);
                paid.add(item);
            }
            case "UNS" -> summary = true;
            case "SCC" -> inDelivery = true;
            case "QTY" -> {
                if (!inDelivery) {
                    row().unit = named(UNITS, segment.at(1, 3));
                    row().add(named(QUANTITIES, segment.at(1)), segment.at(1, 2));
                }
            }
            case "PRI" -> row().price = new BigDecimal(segment.at(1, 2));
            case "MOA" -> {
                if (kind == Kind.PAYMENT) {
                    paid(segment.at(1), new BigDecimal(segment.at(1, 2)));
                } else if (segment.at(1).equals("77")) {
                    total = new BigDecimal(segment.at(1, 2));
                }
            }
            default -> {}
        }
    }

    private void paid(String meaning, BigDecimal amount) {
        if (summary) {
            total = amount;
            return;
        }
        switch (meaning) {
            case "9" -> paid().due = amount;
            case "12" -> paid().amount = amount;
            case "52" -> paid().discount = amount;
            default -> {}
        }
    }

    private void date(Segment segment) {
        if (segment.at(1).equals("137")) {
            date = day(segment.at(1, 2));
        } else if (segment.at(1).equals("171") && kind == Kind.PAYMENT) {
            paid().date = day(segment.at(1, 2));
        } else if (segment.at(1).equals("67") && !rows.isEmpty()) {
            row().delivery = day(segment.at(1, 2));
        }
    }

    private void reference(Segment segment) {
        switch (segment.at(1)) {
            case "ON" -> {
                if (rows.isEmpty()) {
                    order = segment.at(1, 2);
                } else {
                    row().order = segment.at(1, 2);
                }
            }
            case "PP" -> {
                kind = Kind.CHANGE_RESPONSE;
                about = segment.at(1, 2);
            }
            case "IV" -> about = segment.at(1, 2);
            case "DQ", "PK", "AAK" -> shipments.add(segment.at(1, 2));
            default -> {}
        }
    }

    /** A line that is accepted without a quantity is accepted as ordered. */
    private void settle() {
        if (rows.isEmpty() || !kind.answers()) {
            return;
        }
        RowRead row = row();
        boolean said = row.quantity("confirmed").signum() > 0
                || row.quantity("backordered").signum() > 0;
        if (!said && (action.equals("5") || action.equals("3"))) {
            row.quantities.put("confirmed", row.quantity("ordered"));
        }
        row.quantities.remove("rejected");
    }

    @Override
    void end() {
        settle();
        accept();
        if (kind == Kind.ORDER) {
            order = number;
        }
    }
}
