package io.lonja.opportunity;

import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
import io.lonja.archive.EntryId;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentListener;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.document.PricedDocument;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Orders on their way to an invoice: each is an opportunity of its supplier until invoices cover it. */
public class Opportunities implements DocumentListener {

    static final int STEP = 30;

    private static final String ITEM_SEPARATOR = "\u001f";

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}-[0-9]{1,9}");

    private final JdbcClient jdbc;

    Opportunities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether this has the shape of an opportunity's id: {@code 57-0}. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * A stretch, newest first.
     *
     * @param party only those it sells or buys in; all when empty. Of orders it placed itself, the probability is that
     *     of its own earlier orders with the supplier: those of others are not its business
     * @param category only those; all when empty
     * @param before only those recorded before this one; from the newest when empty
     */
    public List<Opportunity> list(
            Optional<PartyId> party, Optional<ForecastCategory> category, Optional<String> before, int limit) {
        StringBuilder sql = new StringBuilder("SELECT * FROM opportunity WHERE 1 = 1");
        Map<String, Object> values = new LinkedHashMap<>();
        party.ifPresent(id -> {
            sql.append(" AND (supplier = :party OR member = :party)");
            values.put("party", id.value());
        });
        category.ifPresent(wanted -> {
            sql.append(" AND won = :won");
            values.put("won", wanted == ForecastCategory.CLOSED);
        });
        before.ifPresent(id -> {
            String[] place = id.split("-", 2);
            sql.append(" AND (fact < :fact OR (fact = :fact AND ordinal < :ordinal))");
            values.put("fact", Long.parseLong(place[0]));
            values.put("ordinal", Integer.parseInt(place[1]));
        });
        sql.append(" ORDER BY fact DESC, ordinal DESC FETCH FIRST ")
                .append(limit)
                .append(" ROWS ONLY");
        return jdbc.sql(sql.toString())
                .params(values)
                .query((row, index) -> opportunity(row, party))
                .list();
    }

    /** @param party who asks; the operator when empty */
    public Optional<Opportunity> find(Optional<PartyId> party, String id) {
        return jdbc.sql("SELECT * FROM opportunity WHERE id = ?")
                .param(id)
                .query((row, index) -> opportunity(row, party))
                .optional()
                .filter(found -> party.isEmpty()
                        || party.get().equals(found.supplier())
                        || party.get().equals(found.member()));
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public void on(DocumentAccepted event) {
        if (!(event.document() instanceof PricedDocument document)
                || document.lines().isEmpty()) {
            return;
        }
        switch (document.type()) {
            case PURCHASE_ORDER -> {
                for (int i = 0; i < document.lines().size(); i++) {
                    addLine(event, i, document.number());
                }
                addOrder(event);
                cover(event.seller(), event.buyer(), document.number());
            }
            case INVOICE -> {
                for (int i = 0; i < document.lines().size(); i++) {
                    Optional<String> order = orderOf(document, document.lines().get(i));
                    if (order.isPresent()) {
                        addLine(event, i, order.get());
                    }
                }
                document.lines().stream()
                        .flatMap(line -> orderOf(document, line).stream())
                        .distinct()
                        .forEach(order -> cover(event.seller(), event.buyer(), order));
            }
            case REQUEST_FOR_QUOTATION,
                    QUOTATION,
                    ORDER_RESPONSE,
                    ORDER_CHANGE,
                    ORDER_CHANGE_RESPONSE,
                    DESPATCH_ADVICE,
                    RECEIVING_ADVICE,
                    REMITTANCE_ADVICE,
                    CREDIT_NOTE,
                    COMMISSION_STATEMENT -> {
                // What is credited was invoiced: the order stays won. What is answered is not won yet. An opportunity
                // is of
                // what was first ordered: what changes of it the order's lines tell.
                // What is quoted may be ordered or not, and is no order on its way.
            }
        }
    }

    /** The order that the line names, else the only one that its document names. */
    private static Optional<String> orderOf(PricedDocument document, PricedDocument.Line line) {
        List<String> named = line
                .references()
                .getOrDefault("purchase-order", document.references().getOrDefault("purchase-order", List.of()))
                .stream()
                .distinct()
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    private void addLine(DocumentAccepted event, int index, String order) {
        PricedDocument.Line line = event.priced().lines().get(index);
        jdbc.sql("INSERT INTO opportunity_line (fact, ordinal, line, type, supplier, member, order_number, line_number,"
                        + " items, quantity, unit, currency, net_minor)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        event.fact().sequence(),
                        event.ordinal(),
                        index,
                        event.document().type().wireName(),
                        event.seller().value(),
                        event.buyer().value(),
                        order,
                        line.number(),
                        joined(line.items()),
                        line.quantity().value().toPlainString(),
                        line.quantity().unit(),
                        line.net().currency().getCurrencyCode(),
                        line.net().minorUnits())
                .update();
    }

    private void addOrder(DocumentAccepted event) {
        PricedDocument document = event.priced();
        Money ordered = document.lines().stream()
                .map(PricedDocument.Line::net)
                .reduce(Money.zero(document.currency()), Money::plus);
        jdbc.sql("INSERT INTO opportunity (id, fact, ordinal, supplier, member, order_number, ordered_on, currency,"
                        + " ordered_minor, invoiced_minor, won, sender, entry, bytes_from, bytes_to, recorded_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, FALSE, ?, ?, ?, ?, ?)")
                .params(
                        String.format(Locale.ROOT, "%s-%d", event.fact(), event.ordinal()),
                        event.fact().sequence(),
                        event.ordinal(),
                        event.seller().value(),
                        event.buyer().value(),
                        document.number(),
                        document.date(),
                        ordered.currency().getCurrencyCode(),
                        ordered.minorUnits(),
                        event.because().sender().value(),
                        event.because().at().entry().sequence(),
                        event.because().at().bytes().from(),
                        event.because().at().bytes().to(),
                        event.recordedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void cover(PartyId supplier, PartyId member, String order) {
        List<String> ids = jdbc.sql("SELECT id FROM opportunity WHERE supplier = ? AND member = ? AND order_number = ?"
                        + " ORDER BY ordered_on, sender, fact, ordinal")
                .params(supplier.value(), member.value(), order)
                .query(String.class)
                .list();
        if (ids.isEmpty()) {
            return; // The invoice came first; the order will find it.
        }
        Map<String, List<Coverage.Line>> ordered = new LinkedHashMap<>();
        ids.forEach(id -> ordered.put(id, new ArrayList<>()));
        List<Coverage.Line> invoiced = new ArrayList<>();
        jdbc.sql("SELECT * FROM opportunity_line WHERE supplier = ? AND member = ? AND order_number = ?"
                        + " ORDER BY fact, ordinal, line")
                .params(supplier.value(), member.value(), order)
                .query((ResultSet row) -> {
                    Coverage.Line line = line(row);
                    if (row.getString("type").equals(DocumentType.INVOICE.wireName())) {
                        invoiced.add(line);
                    } else {
                        ordered.getOrDefault(
                                        String.format(Locale.ROOT, "%d-%d", row.getLong("fact"), row.getInt("ordinal")),
                                        new ArrayList<>())
                                .add(line);
                    }
                });
        List<Coverage.Covered> covered = Coverage.of(List.copyOf(ordered.values()), invoiced);
        for (int i = 0; i < ids.size(); i++) {
            jdbc.sql("UPDATE opportunity SET invoiced_minor = ?, won = ? WHERE id = ?")
                    .params(
                            covered.get(i).invoiced().minorUnits(),
                            covered.get(i).won(),
                            ids.get(i))
                    .update();
        }
    }

    private Opportunity opportunity(ResultSet row, Optional<PartyId> party) throws SQLException {
        Currency currency = Currency.getInstance(row.getString("currency"));
        PartyId supplier = new PartyId(row.getString("supplier"));
        PartyId member = new PartyId(row.getString("member"));
        boolean ownOnly = party.isPresent() && !party.get().equals(supplier);
        LocalDate orderedOn = row.getObject("ordered_on", LocalDate.class);
        boolean won = row.getBoolean("won");
        Money ordered = new Money(row.getLong("ordered_minor"), currency);
        Money invoiced = new Money(row.getLong("invoiced_minor"), currency);
        return new Opportunity(
                row.getString("id"),
                supplier,
                member,
                row.getString("order_number"),
                orderedOn,
                ordered,
                invoiced,
                won || invoiced.compareTo(ordered) >= 0 ? Money.zero(currency) : ordered.minus(invoiced),
                won ? ForecastCategory.CLOSED : ForecastCategory.COMMIT,
                probability(supplier, ownOnly ? Optional.of(member) : Optional.empty(), orderedOn),
                new DocumentRef(
                        new PartyId(row.getString("sender")),
                        DocumentType.PURCHASE_ORDER,
                        row.getString("order_number"),
                        new ArchiveRef(
                                new EntryId(row.getLong("entry")),
                                new ByteRange(row.getLong("bytes_from"), row.getLong("bytes_to")))),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }

    /** Earlier by the orders' own dates, so that it does not depend on when they arrived. */
    private Probability probability(PartyId supplier, Optional<PartyId> member, LocalDate before) {
        return jdbc.sql("SELECT COUNT(*) AS orders, COALESCE(SUM(CASE WHEN won THEN 1 ELSE 0 END), 0) AS invoiced"
                        + " FROM opportunity WHERE supplier = :supplier AND ordered_on < :before"
                        + (member.isPresent() ? " AND member = :member" : ""))
                .param("supplier", supplier.value())
                .param("before", before)
                .param("member", member.map(PartyId::value).orElse(""))
                .query((row, index) ->
                        new Probability(row.getLong("invoiced"), row.getLong("orders"), member.isPresent()))
                .single();
    }

    private static Coverage.Line line(ResultSet row) throws SQLException {
        return new Coverage.Line(
                row.getString("line_number"),
                split(row.getString("items")),
                new BigDecimal(row.getString("quantity")),
                row.getString("unit"),
                new Money(row.getLong("net_minor"), Currency.getInstance(row.getString("currency"))));
    }

    private static String joined(SortedMap<String, String> items) {
        StringBuilder text = new StringBuilder();
        items.forEach((scheme, code) ->
                text.append(scheme).append(ITEM_SEPARATOR).append(code).append(ITEM_SEPARATOR));
        return text.toString();
    }

    private static SortedMap<String, String> split(String text) {
        SortedMap<String, String> items = new TreeMap<>();
        String[] parts = text.split(ITEM_SEPARATOR, -1);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            items.put(parts[i], parts[i + 1]);
        }
        return items;
    }
}
