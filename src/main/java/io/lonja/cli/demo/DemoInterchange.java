package io.lonja.cli.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Writes the X12 004010 text that the demo's partners send, as their own systems would. */
final class DemoInterchange {

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;

    private final LocalDate today;

    DemoInterchange(LocalDate today) {
        this.today = today;
    }

    /** Who trades, with the name that stands in the envelopes: {@code ZZ/HOTELMIRAMAR}. */
    enum Partner {
        HOTEL("hotel-miramar", "HOTELMIRAMAR", "Hotel Miramar"),
        CASA("casa-lucia", "CASALUCIA", "Casa Lucia"),
        VALLE("valle-foods", "VALLEFOODS", "Valle Foods"),
        COMPRAS("lonja-compras", "LONJACOMPRAS", "Lonja Compras");

        final String id;
        final String wireName;
        final String title;

        Partner(String id, String wireName, String title) {
            this.id = id;
            this.wireName = wireName;
            this.title = title;
        }
    }

    /** A purchase order; an empty number makes the faulty one. */
    String order(Partner buyer, int control, String number, List<DemoTrade.Line> lines) {
        List<String> segments = new ArrayList<>();
        segments.add("BEG*00*SA*%s**%s".formatted(number, DATE.format(today)));
        segments.add("CUR*BY*EUR");
        segments.add("DTM*002*" + DATE.format(today.plusDays(5)));
        addParties(segments, buyer);
        int position = 0;
        for (DemoTrade.Line line : lines) {
            segments.add("PO1*%d*%d*%s*%s**VN*%s"
                    .formatted(++position, line.quantity(), line.unit(), line.price(), line.item()));
            segments.add("PID*F****" + line.description());
        }
        segments.add("CTT*" + lines.size());
        return envelope(buyer, Partner.VALLE, control, "PO", "850", segments);
    }

    /** A member's order to the buying house, by the member's own code. */
    String memberOrder(
            Partner buyer, int control, String number, String item, int quantity, String unit, BigDecimal price) {
        List<String> segments = List.of(
                "BEG*00*SA*%s**%s".formatted(number, DATE.format(today)),
                "CUR*BY*EUR",
                "N1*BY*%s*92*%s".formatted(buyer.title, buyer.wireName),
                "PO1*1*%d*%s*%s**IN*%s".formatted(quantity, unit, price, item),
                "CTT*1");
        return envelope(buyer, Partner.COMPRAS, control, "PO", "850", segments);
    }

    /** What the supplier answers to an order: all of it comes as it was ordered. */
    String response(Partner buyer, int control, String number, String order, DemoTrade.Line line) {
        return envelope(
                Partner.VALLE,
                buyer,
                control,
                "PR",
                "855",
                List.of(
                        "BAK*00*AD*%s*%s****%s*%s".formatted(order, DATE.format(today), number, DATE.format(today)),
                        "CUR*SE*EUR",
                        "N1*BY*%s*92*%s".formatted(buyer.title, buyer.wireName),
                        "N1*SE*%s*92*%s".formatted(Partner.VALLE.title, Partner.VALLE.wireName),
                        "PO1*1*%d*%s*%s**VN*%s".formatted(line.quantity(), line.unit(), line.price(), line.item()),
                        "ACK*IA*%d*%s".formatted(line.quantity(), line.unit()),
                        "CTT*1"));
    }

    /** An invoice for an order, with an allowance, freight and tax where they are not zero. */
    String invoice(
            Partner buyer,
            int control,
            String number,
            String order,
            List<DemoTrade.Line> lines,
            BigDecimal allowance,
            BigDecimal freight,
            BigDecimal taxPercent) {
        BigDecimal net = DemoTrade.net(lines).subtract(allowance).add(freight);
        BigDecimal tax = net.multiply(taxPercent).movePointLeft(2).setScale(2, RoundingMode.HALF_UP);
        List<String> segments = new ArrayList<>();
        segments.add("BIG*%s*%s*%s*%s***DI".formatted(DATE.format(today), number, DATE.format(today), order));
        segments.add("CUR*SE*EUR");
        addParties(segments, buyer);
        addItems(segments, lines);
        segments.add("TDS*" + cents(net.add(tax)));
        if (tax.signum() != 0) {
            segments.add("TXI*VA*%s*%s".formatted(tax, taxPercent));
        }
        if (allowance.signum() != 0) {
            segments.add("SAC*A*C310***" + cents(allowance));
        }
        if (freight.signum() != 0) {
            segments.add("SAC*C*D240***" + cents(freight));
        }
        segments.add("CTT*" + lines.size());
        return envelope(Partner.VALLE, buyer, control, "IN", "810", segments);
    }

    /** A credit memo for lines of an invoice. */
    String credit(Partner buyer, int control, String number, String invoice, String order, List<DemoTrade.Line> lines) {
        List<String> segments = new ArrayList<>();
        segments.add("BIG*%s*%s*%s*%s***CR".formatted(DATE.format(today), number, DATE.format(today), order));
        segments.add("CUR*SE*EUR");
        segments.add("REF*IV*" + invoice);
        addParties(segments, buyer);
        addItems(segments, lines);
        segments.add("TDS*" + cents(DemoTrade.net(lines)));
        segments.add("CTT*" + lines.size());
        return envelope(Partner.VALLE, buyer, control, "IN", "810", segments);
    }

    private static void addParties(List<String> segments, Partner buyer) {
        segments.add("N1*BY*%s*92*%s".formatted(buyer.title, buyer.wireName));
        segments.add("N1*SE*%s*92*%s".formatted(Partner.VALLE.title, Partner.VALLE.wireName));
    }

    private static void addItems(List<String> segments, List<DemoTrade.Line> lines) {
        int position = 0;
        for (DemoTrade.Line line : lines) {
            segments.add("IT1*%d*%d*%s*%s**VN*%s"
                    .formatted(++position, line.quantity(), line.unit(), line.price(), line.item()));
            segments.add("PID*F****" + line.description());
        }
    }

    private static String cents(BigDecimal amount) {
        return amount.movePointRight(2).setScale(0, RoundingMode.UNNECESSARY).toPlainString();
    }

    private String envelope(
            Partner from, Partner to, int control, String functionalIdentifier, String set, List<String> segments) {
        String date = DATE.format(today);
        StringBuilder edi = new StringBuilder();
        edi.append("ISA*00*          *00*          *ZZ*%-15s*ZZ*%-15s*%s*0900*U*00401*%09d*0*P*>~\n"
                .formatted(from.wireName, to.wireName, date.substring(2), control));
        edi.append("GS*%s*%s*%s*%s*0900*%d*X*004010~\n"
                .formatted(functionalIdentifier, from.wireName, to.wireName, date, control));
        edi.append("ST*%s*0001~\n".formatted(set));
        segments.forEach(segment -> edi.append(segment).append("~\n"));
        edi.append("SE*%d*0001~\nGE*1*%d~\nIEA*1*%09d~\n".formatted(segments.size() + 2, control, control));
        return edi.toString();
    }
}
