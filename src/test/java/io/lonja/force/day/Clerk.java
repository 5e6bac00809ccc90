package io.lonja.force.day;

import io.lonja.force.day.Paper.Row;
import io.lonja.force.day.Sheet.Entry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills sheets in: a buyer's from its own goods, a supplier's from the orders as it read them, in their codes, units and
 * prices. An order that was only told by telephone is known from the plan.
 */
record Clerk(Market market, Map<String, Paper> ordersRead) {

    static final BigDecimal TAX_PERCENT = BigDecimal.TEN;

    Paper paper(Sheet sheet) {
        boolean buys = sheet.kind().byBuyer();
        List<Row> rows = new ArrayList<>();
        for (Entry entry : sheet.entries()) {
            boolean asOrdered =
                    buys && sheet.kind() != Kind.RECEIPT || sheet.kind().answers();
            rows.add(row(sheet, entry, asOrdered ? entry.line().number() : rows.size() + 1));
        }
        return new Paper(
                sheet.kind(),
                sheet.number(),
                sheet.date(),
                (buys ? sheet.from() : sheet.to()).gln(),
                (buys ? sheet.to() : sheet.from()).gln(),
                sheet.order(),
                sheet.answer(),
                sheet.about(),
                sheet.shipments(),
                sheet.sscc(),
                rows,
                sheet.paid(),
                total(sheet));
    }

    private static @Nullable BigDecimal total(Sheet sheet) {
        if (sheet.kind() == Kind.PAYMENT) {
            return Paper.plain(sheet.paid().stream().map(Paper.Paid::counted).reduce(BigDecimal.ZERO, BigDecimal::add));
        }
        return sheet.kind().priced() ? payable(sheet.from(), sheet.entries()) : null;
    }

    private Row row(Sheet sheet, Entry entry, int number) {
        Row ordered = sheet.kind().byBuyer() ? null : ordered(entry);
        SortedMap<String, String> items =
                ordered == null ? market.codes(sheet.from(), entry.line().good()) : ordered.items();
        SortedMap<String, String> others = Paper.codes(
                entry.instead() == null
                        ? Map.of()
                        : Map.of("supplier-item", entry.instead().code()));
        boolean response = sheet.kind().answers();
        boolean replaced = !response && !others.isEmpty();
        return new Row(
                Integer.toString(number),
                entry.order().number,
                replaced ? others : items,
                response ? others : new TreeMap<>(),
                ordered == null ? entry.line().good().unit() : ordered.unit(),
                quantities(sheet.kind(), entry, ordered),
                price(sheet.kind(), entry, ordered),
                response ? entry.delivery() : null,
                sheet.kind() == Kind.CHANGE ? entry.action() : "");
    }

    /** As its seller read it. */
    private @Nullable Row ordered(Entry entry) {
        Paper read = ordersRead.get(entry.order().number);
        return read == null ? null : read.row(Integer.toString(entry.line().number()));
    }

    private static SortedMap<String, BigDecimal> quantities(Kind kind, Entry entry, @Nullable Row ordered) {
        SortedMap<String, BigDecimal> quantities = new TreeMap<>();
        switch (kind) {
            case ORDER, CHANGE -> quantities.put("ordered", entry.quantity());
            case RESPONSE, CHANGE_RESPONSE -> {
                quantities.put("ordered", ordered == null ? entry.line().quantity() : ordered.quantity("ordered"));
                quantities.put("confirmed", entry.quantity());
                quantities.put("backordered", entry.waiting());
            }
            case DESPATCH -> quantities.put("sent", entry.quantity());
            case RECEIPT -> {
                boolean refused = entry.action().equals(Paper.REFUSED);
                quantities.put("received", entry.quantity());
                quantities.put("accepted", refused ? entry.quantity().subtract(entry.waiting()) : entry.quantity());
                if (!entry.action().isEmpty()) {
                    quantities.put(entry.action(), entry.waiting());
                }
            }
            case PAYMENT -> {}
            case INVOICE, CREDIT -> quantities.put("invoiced", entry.quantity());
        }
        return quantities;
    }

    private static @Nullable BigDecimal price(Kind kind, Entry entry, @Nullable Row ordered) {
        if (kind == Kind.DESPATCH || kind == Kind.RECEIPT || entry.action().equals(Paper.DELETED)) {
            return null;
        }
        boolean asOrdered = entry.price().compareTo(entry.line().good().price()) == 0;
        return ordered == null || !asOrdered ? entry.price() : ordered.price();
    }

    /** What an invoice over this asks for, with the tax where its seller has one. */
    static BigDecimal payable(Firm seller, List<Entry> entries) {
        BigDecimal net = entries.stream()
                .map(entry -> amount(entry.quantity(), entry.price()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Paper.plain(seller.taxed() ? net.add(tax(net)) : net);
    }

    static BigDecimal tax(BigDecimal net) {
        return net.multiply(TAX_PERCENT).movePointLeft(2).setScale(2, RoundingMode.HALF_UP);
    }

    static BigDecimal amount(BigDecimal quantity, BigDecimal price) {
        return quantity.multiply(price).setScale(2, RoundingMode.HALF_UP);
    }

    static BigDecimal net(Paper paper) {
        return paper.rows().stream()
                .map(row -> amount(
                        row.quantity(paper.kind() == Kind.ORDER ? "ordered" : "invoiced"),
                        Objects.requireNonNull(row.price())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
