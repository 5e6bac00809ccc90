package io.lonja.force.day;

import static io.lonja.force.day.Pen.compact;
import static io.lonja.force.day.Pen.figure;

import io.lonja.force.day.Paper.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** EDIFACT D.96A, and EANCOM 2002 where the firm orders and invoices by that. */
record EdifactPen(Firm firm) implements Pen {

    /** The hub, in UNB. */
    static final String HUB = "8412345999994:14";

    private static final Map<String, String> ITEMS = Map.of("supplier-item", "SA", "buyer-item", "IN");
    private static final Map<String, String> ACTIONS = Map.of(Paper.ADDED, "1", Paper.AMENDED, "3", Paper.DELETED, "2");
    private static final Map<String, String> VARIANCES =
            Map.of(Paper.SHORT, "119+CP", Paper.DAMAGED, "124+AF", Paper.REFUSED, "195");

    @Override
    public String interchange(long control, Kind kind, List<Paper> papers) {
        return interchange(
                control,
                firm.syntax().message(kind),
                papers.stream().map(this::segments).toList());
    }

    @Override
    public String accepts(long control, List<Wire.Interchange> read) {
        return interchange(
                control,
                "CONTRL:D:3:UN",
                read.stream()
                        .map(interchange -> {
                            List<String> segments = new ArrayList<>();
                            segments.add("UCI+%s+%s+%s:14+7".formatted(interchange.control(), HUB, firm.gln()));
                            interchange
                                    .messages()
                                    .forEach(message -> segments.add(
                                            "UCM+%s+%s+7".formatted(message.reference(), message.version())));
                            return segments;
                        })
                        .toList());
    }

    private String interchange(long control, String type, List<List<String>> messages) {
        StringBuilder text =
                new StringBuilder("UNB+UNOC:3+%s:14+%s+260901:0900+%d'\n".formatted(firm.gln(), HUB, control));
        for (int i = 0; i < messages.size(); i++) {
            text.append("UNH+%d+%s'\n".formatted(i + 1, type));
            messages.get(i).forEach(segment -> text.append(segment).append("'\n"));
            text.append("UNT+%d+%d'\n".formatted(messages.get(i).size() + 2, i + 1));
        }
        return text.append("UNZ+%d+%d'\n".formatted(messages.size(), control)).toString();
    }

    private List<String> segments(Paper paper) {
        return switch (paper.kind()) {
            case ORDER -> order(paper);
            case CHANGE -> change(paper);
            case RESPONSE, CHANGE_RESPONSE -> response(paper);
            case DESPATCH -> despatch(paper);
            case RECEIPT -> receipt(paper);
            case INVOICE, CREDIT -> invoice(paper);
            case PAYMENT -> payment(paper);
        };
    }

    private static List<String> head(String type, Paper paper, String function) {
        List<String> segments = new ArrayList<>();
        segments.add("BGM+%s+%s+%s".formatted(type, paper.number(), function));
        segments.add("DTM+137:%s:102".formatted(compact(paper.date())));
        return segments;
    }

    private static List<String> placed(String order) {
        return List.of("RFF+ON:" + order, "DTM+171:%s:102".formatted(compact(DayPlan.DAY)));
    }

    private static List<String> parties(Paper paper) {
        return List.of(
                "NAD+BY+%s::9++The buyer".formatted(paper.buyer()),
                "NAD+SU+%s::9++The seller".formatted(paper.seller()));
    }

    /** {@code LIN} and {@code PIA}. */
    private List<String> item(Row row, String action) {
        List<String> segments = new ArrayList<>();
        String gtin = row.items().get("gtin");
        String scheme = firm.syntax() == Syntax.EANCOM ? "SRV" : "EN";
        segments.add("LIN+%s+%s+%s"
                .formatted(row.number(), action, gtin == null ? "" : gtin + ":" + scheme)
                .replaceFirst("\\++$", ""));
        row.items().forEach((name, code) -> {
            if (!name.equals("gtin")) {
                segments.add("PIA+5+%s:%s".formatted(code, ITEMS.get(name)));
            }
        });
        row.instead().forEach((name, code) -> segments.add("PIA+3+%s:%s".formatted(code, ITEMS.get(name))));
        return segments;
    }

    private static String quantity(String code, Row row, BigDecimal value) {
        return "QTY+%s:%s:%s".formatted(code, figure(value), EDIFACT_UNITS.get(row.unit()));
    }

    private static String price(Row row) {
        return "PRI+AAA:" + figure(Objects.requireNonNull(row.price()));
    }

    private List<String> order(Paper paper) {
        List<String> segments = head("220", paper, "9");
        segments.add("DTM+2:%s:102".formatted(compact(paper.date().plusDays(7))));
        segments.addAll(parties(paper));
        segments.add("CUX+2:EUR:9");
        for (Row row : paper.rows()) {
            segments.addAll(item(row, ""));
            segments.add(quantity("21", row, row.quantity("ordered")));
            segments.add(price(row));
        }
        segments.add("UNS+S");
        segments.add("MOA+86:" + figure(Clerk.net(paper)));
        segments.add("CNT+2:" + paper.rows().size());
        return segments;
    }

    private List<String> change(Paper paper) {
        List<String> segments = head("230", paper, paper.answer().equals(Paper.CANCELLED) ? "1" : "4");
        segments.addAll(placed(paper.onlyOrder()));
        segments.addAll(parties(paper));
        segments.add("CUX+2:EUR:9");
        for (Row row : paper.rows()) {
            segments.addAll(item(row, Objects.requireNonNull(ACTIONS.get(row.action()))));
            segments.add(quantity("21", row, row.quantity("ordered")));
            if (row.price() != null) {
                segments.add(price(row));
            }
        }
        segments.add("UNS+S");
        if (!paper.rows().isEmpty()) {
            segments.add("CNT+2:" + paper.rows().size());
        }
        return segments;
    }

    /** To an order, or to a change of one, which is named besides. */
    private List<String> response(Paper paper) {
        String code = Map.of(Paper.ACCEPTED, "29", Paper.CHANGED, "4", Paper.REJECTED, "27")
                .get(paper.answer());
        List<String> segments = head("231", paper, Objects.requireNonNull(code));
        segments.addAll(placed(paper.onlyOrder()));
        if (paper.kind() == Kind.CHANGE_RESPONSE) {
            segments.add("RFF+PP:" + paper.about());
        }
        segments.addAll(parties(paper));
        segments.add("CUX+2:EUR:9");
        for (Row row : paper.rows()) {
            BigDecimal ordered = row.quantity("ordered");
            BigDecimal confirmed = row.quantity("confirmed");
            BigDecimal waiting = row.quantity("backordered");
            BigDecimal rejected = ordered.subtract(confirmed).subtract(waiting);
            boolean accepted =
                    confirmed.compareTo(ordered) == 0 && row.instead().isEmpty() && row.delivery() == null;
            boolean nothing = confirmed.signum() == 0 && waiting.signum() == 0;
            segments.addAll(item(row, accepted ? "5" : nothing ? "7" : "3"));
            segments.add(quantity("21", row, ordered));
            if (confirmed.signum() > 0) {
                segments.add(quantity("113", row, confirmed));
            }
            if (waiting.signum() > 0) {
                segments.add(quantity("83", row, waiting));
            }
            if (rejected.signum() > 0 && !nothing) {
                boolean eancom = firm.syntax() == Syntax.EANCOM && paper.kind() == Kind.RESPONSE;
                segments.add(quantity(eancom ? "185" : "85", row, rejected));
            }
            if (row.delivery() != null) {
                segments.add("DTM+67:%s:102".formatted(compact(row.delivery())));
                segments.add("QVR+++DC");
            }
            segments.add(price(row));
        }
        segments.add("UNS+S");
        if (!paper.rows().isEmpty()) {
            segments.add("CNT+2:" + paper.rows().size());
        }
        return segments;
    }

    private List<String> despatch(Paper paper) {
        String order = paper.onlyOrder();
        List<String> segments = head("351", paper, "9");
        segments.add("DTM+11:%s:102".formatted(compact(paper.date())));
        if (!order.isEmpty()) {
            segments.addAll(placed(order));
        }
        segments.addAll(parties(paper));
        segments.add("CPS+1");
        if (!paper.sscc().isEmpty()) {
            segments.addAll(List.of("CPS+2+1", "PAC+1++CT", "PCI+33E", "GIN+BJ+" + paper.sscc()));
        }
        for (Row row : paper.rows()) {
            segments.addAll(item(row, ""));
            segments.add(quantity("12", row, row.quantity("sent")));
            if (order.isEmpty()) {
                segments.addAll(placed(row.order()));
            }
        }
        segments.add("CNT+2:" + paper.rows().size());
        return segments;
    }

    private List<String> receipt(Paper paper) {
        String order = paper.onlyOrder();
        List<String> segments = head("632", paper, "9");
        segments.add("DTM+50:%s:102".formatted(compact(paper.date())));
        if (!order.isEmpty()) {
            segments.addAll(placed(order));
        }
        paper.shipments().forEach(shipment -> segments.add("RFF+AAK:" + shipment));
        segments.addAll(parties(paper));
        segments.add("CPS+1");
        for (Row row : paper.rows()) {
            segments.addAll(item(row, ""));
            segments.add(quantity("48", row, row.quantity("received")));
            VARIANCES.forEach((what, variance) -> {
                if (row.quantity(what).signum() > 0) {
                    segments.add("QVR+-%s:%s".formatted(figure(row.quantity(what)), variance));
                }
            });
            if (order.isEmpty()) {
                segments.add("RFF+ON:" + row.order());
            }
        }
        segments.add("CNT+2:" + paper.rows().size());
        return segments;
    }

    private static List<String> payment(Paper paper) {
        List<String> segments = head("481", paper, "9");
        segments.add("DTM+209:%s:102".formatted(compact(paper.date().plusDays(2))));
        segments.add("PAI+::30");
        segments.add("NAD+PR+%s::9++The buyer".formatted(paper.buyer()));
        segments.add("NAD+PE+%s::9++The seller".formatted(paper.seller()));
        segments.add("CUX+2:EUR:11");
        for (Paper.Paid each : paper.paid()) {
            segments.add("DOC+%s+%s".formatted(each.kind() == Kind.CREDIT ? "381" : "380", each.number()));
            segments.add("MOA+9:" + figure(each.due()));
            segments.add("MOA+12:" + figure(each.paid()));
            if (each.discount().signum() > 0) {
                segments.add("MOA+52:" + figure(each.discount()));
            }
            segments.add("DTM+171:%s:102".formatted(compact(each.date())));
        }
        segments.add("UNS+S");
        segments.add("MOA+12:" + figure(Objects.requireNonNull(paper.total())));
        return segments;
    }

    private List<String> invoice(Paper paper) {
        boolean credit = paper.kind() == Kind.CREDIT;
        String order = paper.onlyOrder();
        List<String> segments = head(credit ? "381" : "380", paper, "9");
        if (credit) {
            segments.add("RFF+IV:" + paper.about());
        }
        if (!order.isEmpty()) {
            segments.addAll(placed(order));
        }
        paper.shipments().forEach(shipment -> segments.add("RFF+DQ:" + shipment));
        segments.addAll(parties(paper));
        segments.add("CUX+2:EUR:4");
        for (Row row : paper.rows()) {
            BigDecimal invoiced = row.quantity("invoiced");
            segments.addAll(item(row, ""));
            segments.add(quantity("47", row, invoiced));
            segments.add("MOA+203:" + figure(Clerk.amount(invoiced, Objects.requireNonNull(row.price()))));
            segments.add(price(row));
            if (order.isEmpty()) {
                segments.add("RFF+ON:" + row.order());
            }
        }
        BigDecimal net = Clerk.net(paper);
        segments.add("UNS+S");
        segments.add("CNT+2:" + paper.rows().size());
        segments.add("MOA+77:" + figure(Objects.requireNonNull(paper.total())));
        if (firm.taxed()) {
            segments.add("MOA+79:" + figure(net));
            segments.add("MOA+176:" + figure(Clerk.tax(net)));
            segments.add("TAX+7+VAT+++:::10+S");
            segments.add("MOA+124:" + figure(Clerk.tax(net)));
            segments.add("MOA+125:" + figure(net));
        }
        return segments;
    }
}
