package io.lonja.force.day;

import static io.lonja.force.day.Pen.compact;
import static io.lonja.force.day.Pen.figure;

import io.lonja.force.day.Paper.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** X12 004010. */
record X12Pen(Firm firm) implements Pen {

    private static final Map<String, String> ITEMS = Map.of("supplier-item", "VN", "buyer-item", "BP", "gtin", "EN");
    private static final Map<String, String> ACTIONS =
            Map.of(Paper.ADDED, "AI", Paper.AMENDED, "CA", Paper.DELETED, "DI");
    private static final Map<String, String> CONDITIONS =
            Map.of(Paper.DAMAGED, "01", Paper.SHORT, "02", Paper.REFUSED, "08");

    @Override
    public String interchange(long control, Kind kind, List<Paper> papers) {
        return interchange(
                control,
                kind.group,
                kind.set,
                papers.stream().map(this::segments).toList());
    }

    @Override
    public String accepts(long control, List<Wire.Interchange> read) {
        List<List<String>> sets = new ArrayList<>();
        for (Wire.Interchange interchange : read) {
            for (Wire.Message message : interchange.messages()) {
                sets.add(List.of(
                        "AK1*%s*%s".formatted(message.group(), message.groupControl()),
                        "AK2*%s*%s".formatted(message.type(), message.reference()),
                        "AK5*A",
                        "AK9*A*1*1*1"));
            }
        }
        return interchange(control, "FA", "997", sets);
    }

    private String interchange(long control, String group, String set, List<List<String>> sets) {
        StringBuilder text = new StringBuilder(
                "ISA*00*          *00*          *ZZ*%-15s*ZZ*%-15s*260901*0900*U*00401*%09d*0*P*>~\nGS*%s*%s*LONJA*20260901*0900*%d*X*004010~\n"
                        .formatted(firm.x12Name(), "LONJA", control, group, firm.x12Name(), control));
        for (int i = 0; i < sets.size(); i++) {
            String number = "%04d".formatted(i + 1);
            text.append("ST*%s*%s~\n".formatted(set, number));
            sets.get(i)
                    .forEach(segment ->
                            text.append(segment.replaceFirst("\\*+$", "")).append("~\n"));
            text.append("SE*%d*%s~\n".formatted(sets.get(i).size() + 2, number));
        }
        return text.append("GE*%d*%d~\nIEA*1*%09d~\n".formatted(sets.size(), control, control))
                .toString();
    }

    private List<String> segments(Paper paper) {
        return switch (paper.kind()) {
            case ORDER -> order(paper);
            case CHANGE -> change(paper);
            case RESPONSE -> response(paper);
            case CHANGE_RESPONSE -> changeResponse(paper);
            case DESPATCH -> despatch(paper);
            case RECEIPT -> receipt(paper);
            case INVOICE, CREDIT -> invoice(paper);
            case PAYMENT -> payment(paper);
        };
    }

    private static List<String> parties(Paper paper) {
        return List.of("N1*BY*Buyer*UL*" + paper.buyer(), "N1*SE*Seller*UL*" + paper.seller());
    }

    private static String items(Map<String, String> items) {
        StringBuilder text = new StringBuilder();
        items.forEach((scheme, code) ->
                text.append("*").append(ITEMS.get(scheme)).append("*").append(code));
        return text.toString();
    }

    private static String unit(Row row) {
        return Objects.requireNonNull(X12_UNITS.get(row.unit()));
    }

    private static String price(Row row) {
        return figure(Objects.requireNonNull(row.price()));
    }

    private static List<String> order(Paper paper) {
        List<String> segments = new ArrayList<>(List.of(
                "BEG*00*SA*%s**%s".formatted(paper.number(), compact(paper.date())),
                "CUR*BY*EUR",
                "DTM*002*" + compact(paper.date().plusDays(7))));
        segments.addAll(parties(paper));
        for (Row row : paper.rows()) {
            segments.add("PO1*%s*%s*%s*%s*%s"
                    .formatted(
                            row.number(), figure(row.quantity("ordered")), unit(row), price(row), items(row.items())));
        }
        segments.add("CTT*" + paper.rows().size());
        segments.add("AMT*TT*" + figure(Clerk.net(paper)));
        return segments;
    }

    private static List<String> change(Paper paper) {
        List<String> segments = new ArrayList<>(List.of(
                "BCH*%s*SA*%s**%s*%s*****%s"
                        .formatted(
                                paper.answer().equals(Paper.CANCELLED) ? "01" : "04",
                                paper.onlyOrder(),
                                paper.number(),
                                compact(DayPlan.DAY),
                                compact(paper.date())),
                "CUR*BY*EUR"));
        segments.addAll(parties(paper));
        for (Row row : paper.rows()) {
            segments.add("POC*%s*%s*%s**%s*%s*%s"
                    .formatted(
                            row.number(),
                            ACTIONS.get(row.action()),
                            figure(row.quantity("ordered")),
                            unit(row),
                            row.price() == null ? "" : price(row),
                            items(row.items())));
        }
        return counted(segments, paper);
    }

    private static List<String> counted(List<String> segments, Paper paper) {
        if (!paper.rows().isEmpty()) {
            segments.add("CTT*" + paper.rows().size());
        }
        return segments;
    }

    private static List<String> changeResponse(Paper paper) {
        String code = Map.of(Paper.ACCEPTED, "AT", Paper.CHANGED, "AC", Paper.REJECTED, "RJ")
                .get(paper.answer());
        List<String> segments = new ArrayList<>(List.of(
                "BCA*00*%s*%s**%s*%s***%s*%s"
                        .formatted(
                                code,
                                paper.onlyOrder(),
                                paper.about(),
                                compact(DayPlan.DAY),
                                paper.number(),
                                compact(paper.date())),
                "CUR*SE*EUR"));
        segments.addAll(parties(paper));
        for (Row row : paper.rows()) {
            segments.add("POC*%s*CA*%s**%s*%s*%s"
                    .formatted(
                            row.number(), figure(row.quantity("ordered")), unit(row), price(row), items(row.items())));
            segments.addAll(answers(row));
        }
        return counted(segments, paper);
    }

    private static List<String> response(Paper paper) {
        String code = Map.of(
                        Paper.ACCEPTED, paper.rows().isEmpty() ? "AK" : "AD", Paper.CHANGED, "AC", Paper.REJECTED, "RJ")
                .get(paper.answer());
        List<String> segments = new ArrayList<>(List.of(
                "BAK*00*%s*%s*%s****%s*%s"
                        .formatted(
                                code, paper.onlyOrder(), compact(DayPlan.DAY), paper.number(), compact(paper.date())),
                "CUR*SE*EUR"));
        segments.addAll(parties(paper));
        for (Row row : paper.rows()) {
            segments.add("PO1*%s*%s*%s*%s*%s"
                    .formatted(
                            row.number(), figure(row.quantity("ordered")), unit(row), price(row), items(row.items())));
            segments.addAll(answers(row));
        }
        return counted(segments, paper);
    }

    private static List<String> answers(Row row) {
        List<String> segments = new ArrayList<>();
        BigDecimal ordered = row.quantity("ordered");
        BigDecimal confirmed = row.quantity("confirmed");
        BigDecimal waiting = row.quantity("backordered");
        BigDecimal rejected = ordered.subtract(confirmed).subtract(waiting);
        if (confirmed.signum() > 0) {
            String status = row.delivery() != null
                    ? "DR"
                    : !row.instead().isEmpty() ? "IS" : confirmed.compareTo(ordered) == 0 ? "IA" : "IQ";
            segments.add("ACK*%s*%s*%s*%s*%s*%s"
                    .formatted(
                            status,
                            figure(confirmed),
                            unit(row),
                            row.delivery() == null ? "" : "067",
                            row.delivery() == null ? "" : compact(row.delivery()),
                            items(row.instead())));
        }
        if (waiting.signum() > 0) {
            segments.add("ACK*IB*%s*%s".formatted(figure(waiting), unit(row)));
        }
        if (rejected.signum() > 0) {
            segments.add("ACK*IR*%s*%s".formatted(figure(rejected), unit(row)));
        }
        return segments;
    }

    private static List<String> despatch(Paper paper) {
        List<String> segments = new ArrayList<>(List.of(
                "BSN*00*%s*%s*0900".formatted(paper.number(), compact(paper.date())),
                "HL*1**S",
                "DTM*011*" + compact(paper.date())));
        segments.addAll(parties(paper));
        int level = 1;
        Map<String, List<Row>> byOrder = new LinkedHashMap<>();
        paper.rows()
                .forEach(row -> byOrder.computeIfAbsent(row.order(), order -> new ArrayList<>())
                        .add(row));
        for (Map.Entry<String, List<Row>> order : byOrder.entrySet()) {
            int parent = ++level;
            segments.add("HL*%d*1*O".formatted(level));
            segments.add("PRF*%s***%s".formatted(order.getKey(), compact(DayPlan.DAY)));
            if (!paper.sscc().isEmpty()) {
                segments.add("HL*%d*%d*P".formatted(level + 1, parent));
                segments.add("MAN*GM*" + paper.sscc());
                parent = ++level;
            }
            for (Row row : order.getValue()) {
                segments.add("HL*%d*%d*I".formatted(++level, parent));
                segments.add("LIN*%s%s".formatted(row.number(), items(row.items())));
                segments.add("SN1**%s*%s".formatted(figure(row.quantity("sent")), unit(row)));
            }
        }
        segments.add("CTT*" + level);
        return segments;
    }

    private static List<String> receipt(Paper paper) {
        String order = paper.onlyOrder();
        List<String> segments =
                new ArrayList<>(List.of("BRA*%s*%s*00*2".formatted(paper.number(), compact(paper.date()))));
        paper.shipments().forEach(shipment -> segments.add("REF*SI*" + shipment));
        segments.add("DTM*050*" + compact(paper.date()));
        if (!order.isEmpty()) {
            segments.add("PRF*%s***%s".formatted(order, compact(DayPlan.DAY)));
        }
        segments.addAll(parties(paper));
        for (Row row : paper.rows()) {
            StringBuilder received = new StringBuilder(
                    "RCD*%s*%s*%s**".formatted(row.number(), figure(row.quantity("received")), unit(row)));
            CONDITIONS.forEach((what, condition) -> {
                if (row.quantity(what).signum() > 0) {
                    received.append("*%s*%s*%s".formatted(figure(row.quantity(what)), unit(row), condition));
                }
            });
            segments.add(received.toString());
            segments.add("LIN*" + items(row.items()));
            if (order.isEmpty()) {
                segments.add("PRF*" + row.order());
            }
        }
        segments.add("CTT*" + paper.rows().size());
        return segments;
    }

    private static List<String> payment(Paper paper) {
        List<String> segments = new ArrayList<>(List.of(
                "BPR*I*%s*C*ACH************%s"
                        .formatted(
                                figure(Objects.requireNonNull(paper.total())),
                                compact(paper.date().plusDays(2))),
                "TRN*1*" + paper.number(),
                "CUR*PR*EUR",
                "DTM*097*" + compact(paper.date()),
                "N1*PR*Buyer*UL*" + paper.buyer(),
                "N1*PE*Seller*UL*" + paper.seller(),
                "ENT*1"));
        for (Paper.Paid each : paper.paid()) {
            boolean credit = each.kind() == Kind.CREDIT;
            String sign = credit ? "-" : "";
            segments.add("RMR*%s*%s**%s%s*%s%s*%s"
                    .formatted(
                            credit ? "CM" : "IV",
                            each.number(),
                            sign,
                            figure(each.paid()),
                            sign,
                            figure(each.due()),
                            each.discount().signum() == 0 ? "" : figure(each.discount())));
            segments.add("DTM*003*" + compact(each.date()));
        }
        return segments;
    }

    private List<String> invoice(Paper paper) {
        boolean credit = paper.kind() == Kind.CREDIT;
        boolean collected = paper.onlyOrder().isEmpty();
        List<String> segments = new ArrayList<>(List.of(
                "BIG*%s*%s*%s*%s***%s"
                        .formatted(
                                compact(paper.date()),
                                paper.number(),
                                collected ? "" : compact(DayPlan.DAY),
                                paper.onlyOrder(),
                                credit ? "CR" : "DI"),
                "CUR*SE*EUR"));
        if (credit) {
            segments.add("REF*IV*" + paper.about());
        }
        paper.shipments().forEach(shipment -> segments.add("REF*PK*" + shipment));
        segments.addAll(parties(paper));
        for (Row row : paper.rows()) {
            segments.add("IT1*%s*%s*%s*%s*%s"
                    .formatted(
                            row.number(), figure(row.quantity("invoiced")), unit(row), price(row), items(row.items())));
            if (collected) {
                segments.add("REF*PO*" + row.order());
            }
        }
        BigDecimal net = Clerk.net(paper);
        segments.add("TDS*" + figure(Objects.requireNonNull(paper.total()).movePointRight(2)));
        if (firm.taxed()) {
            segments.add("TXI*VA*%s*10*****%s".formatted(figure(Clerk.tax(net)), figure(net)));
        }
        segments.add("CTT*" + paper.rows().size());
        return segments;
    }
}
