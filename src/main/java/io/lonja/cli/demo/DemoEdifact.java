package io.lonja.cli.demo;

import io.lonja.cli.demo.DemoInterchange.Partner;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Writes the EDIFACT D.96A text that the demo's partners send, as their own systems would. */
final class DemoEdifact {

    private final String date;

    DemoEdifact(LocalDate today) {
        this.date = DateTimeFormatter.BASIC_ISO_DATE.format(today);
    }

    /** An order of one item to the buying house, by the member's own code. */
    String orders(Partner buyer, int control, String number, String item, int quantity, String unit, BigDecimal price) {
        List<String> segments = new ArrayList<>();
        segments.add("BGM+220+%s+9".formatted(number));
        segments.add("DTM+137:%s:102".formatted(date));
        segments.add("NAD+BY+%s::92++%s".formatted(buyer.wireName, buyer.title));
        segments.add("NAD+SU+%s::92++%s".formatted(Partner.COMPRAS.wireName, Partner.COMPRAS.title));
        segments.add("CUX+2:EUR:9");
        segments.add("LIN+1++%s:IN".formatted(item));
        segments.add("QTY+21:%d:%s".formatted(quantity, unit));
        segments.add("PRI+AAA:%s".formatted(price));
        segments.add("UNS+S");
        segments.add("CNT+2:1");
        return interchange(buyer, Partner.COMPRAS, control, "ORDERS", segments);
    }

    /** A credit note for packs of one item that came back, naming the invoice. */
    String credit(
            Partner seller,
            int control,
            String number,
            String invoice,
            String order,
            String item,
            int quantity,
            String unit,
            BigDecimal price) {
        BigDecimal net = price.multiply(BigDecimal.valueOf(quantity)).setScale(2);
        List<String> segments = new ArrayList<>();
        segments.add("BGM+381+%s+9".formatted(number));
        segments.add("DTM+137:%s:102".formatted(date));
        segments.add("RFF+IV:%s".formatted(invoice));
        segments.add("RFF+ON:%s".formatted(order));
        segments.add("NAD+BY+%s::92++%s".formatted(Partner.COMPRAS.wireName, Partner.COMPRAS.title));
        segments.add("NAD+SU+%s::92++%s".formatted(seller.wireName, seller.title));
        segments.add("CUX+2:EUR:4");
        segments.add("LIN+1++%s:SA".formatted(item));
        segments.add("QTY+47:%d:%s".formatted(quantity, unit));
        segments.add("MOA+203:%s".formatted(net));
        segments.add("PRI+AAA:%s".formatted(price));
        segments.add("UNS+S");
        segments.add("CNT+2:1");
        segments.add("MOA+9:%s".formatted(net));
        return interchange(seller, Partner.COMPRAS, control, "INVOIC", segments);
    }

    private String interchange(Partner from, Partner to, int control, String type, List<String> segments) {
        StringBuilder edi = new StringBuilder("UNA:+.? '");
        edi.append("UNB+UNOC:3+%s:14+%s:14+%s:0930+%d++%s++1'"
                .formatted(from.wireName, to.wireName, date.substring(2), control, type));
        edi.append("UNH+1+%s:D:96A:UN'".formatted(type));
        segments.forEach(segment -> edi.append(segment).append('\''));
        edi.append("UNT+%d+1'UNZ+1+%d'".formatted(segments.size() + 2, control));
        return edi.toString();
    }
}
