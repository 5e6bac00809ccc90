package io.lonja.fulfilment;

import io.lonja.archive.CanonicalJson;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What became of every ordered line. */
public final class OrderLines {

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}-[0-9]{1,9}-[0-9]{1,9}");
    /** Of one statement: a line takes nine parameters, and PostgreSQL has 65,535. */
    private static final int ROWS_AT_ONCE = 100;

    private final JdbcClient jdbc;

    OrderLines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether this has the shape of an ordered line's id: {@code 17-0-2}. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * Which lines are asked for; what is empty does not restrict.
     *
     * @param visibleTo only those it buys or sells
     * @param partner likewise, as the caller asked
     * @param order only of the orders with this number, exactly as written
     * @param overdueOn only those that are open on this day and should not be
     */
    public record Query(
            Optional<PartyId> visibleTo,
            Optional<PartyId> partner,
            Optional<String> order,
            Optional<OrderLine.Status> status,
            Optional<LocalDate> overdueOn) {}

    /**
     * A stretch: newest order first, its lines as they stand in it.
     *
     * @param after only those that come after this one; from the first when empty
     */
    public List<OrderLine> list(Query query, Optional<String> after, int limit) {
        StringBuilder sql = new StringBuilder("SELECT content FROM order_line WHERE 1 = 1");
        Map<String, Object> values = new LinkedHashMap<>();
        query.visibleTo().ifPresent(party -> {
            sql.append(" AND (buyer = :own OR seller = :own)");
            values.put("own", party.value());
        });
        query.partner().ifPresent(party -> {
            sql.append(" AND (buyer = :partner OR seller = :partner)");
            values.put("partner", party.value());
        });
        query.order().ifPresent(number -> {
            sql.append(" AND order_number = :order");
            values.put("order", number);
        });
        query.status().ifPresent(status -> {
            sql.append(" AND status = :status");
            values.put("status", status.wireName());
        });
        query.overdueOn().ifPresent(day -> {
            sql.append(" AND status = 'open' AND due_on < :day");
            values.put("day", day);
        });
        after.ifPresent(id -> {
            String[] place = id.split("-", 3);
            sql.append(" AND (receipt < :receipt OR (receipt = :receipt AND (ordinal > :ordinal"
                    + " OR (ordinal = :ordinal AND line > :line))))");
            values.put("receipt", Long.parseLong(place[0]));
            values.put("ordinal", Integer.parseInt(place[1]));
            values.put("line", Integer.parseInt(place[2]));
        });
        sql.append(" ORDER BY receipt DESC, ordinal, line FETCH FIRST ")
                .append(limit)
                .append(" ROWS ONLY");
        return jdbc.sql(sql.toString()).params(values).query(String.class).list().stream()
                .map(content -> CanonicalJson.read(content.getBytes(StandardCharsets.UTF_8), OrderLine.class))
                .toList();
    }

    /**
     * Writes what changed of this order's lines.
     *
     * @param first whether nothing was written of this order number before
     */
    void now(PartyId buyer, PartyId seller, String order, List<OrderLine> lines, boolean first) {
        Map<String, String> known = first || lines.isEmpty() ? Map.of() : known(buyer, seller, order);
        // A line that a change added is none when the change turns out to be rejected, or to be of another order.
        Set<String> gone = new TreeSet<>(known.keySet());
        List<OrderLine> added = new ArrayList<>();
        for (OrderLine line : lines) {
            String before = known.get(line.id());
            if (before == null) {
                added.add(line);
            } else if (!before.equals(json(line))) {
                update(line);
            }
            gone.remove(line.id());
        }
        gone.forEach(this::delete);
        for (int from = 0; from < added.size(); from += ROWS_AT_ONCE) {
            insert(added.subList(from, Math.min(from + ROWS_AT_ONCE, added.size())));
        }
    }

    private Map<String, String> known(PartyId buyer, PartyId seller, String order) {
        Map<String, String> known = new HashMap<>();
        jdbc.sql("SELECT receipt, ordinal, line, content FROM order_line WHERE order_number = ? AND seller = ?"
                        + " AND buyer = ?")
                .params(order, seller.value(), buyer.value())
                .query((ResultSet row) -> {
                    known.put(
                            row.getLong("receipt") + "-" + row.getInt("ordinal") + "-" + row.getInt("line"),
                            row.getString("content"));
                });
        return known;
    }

    private void delete(String id) {
        Place place = Place.of(id);
        jdbc.sql("DELETE FROM order_line WHERE receipt = ? AND ordinal = ? AND line = ?")
                .params(place.receipt, place.ordinal, place.line)
                .update();
    }

    private void update(OrderLine line) {
        Place place = Place.of(line.id());
        jdbc.sql(
                        "UPDATE order_line SET status = ?, due_on = ?, content = ? WHERE receipt = ? AND ordinal = ? AND line = ?")
                .params(line.status().wireName(), line.dueOn(), json(line), place.receipt, place.ordinal, place.line)
                .update();
    }

    private void insert(List<OrderLine> lines) {
        List<Object> values = new ArrayList<>();
        for (OrderLine line : lines) {
            Place place = Place.of(line.id());
            values.addAll(List.of(
                    place.receipt,
                    place.ordinal,
                    place.line,
                    line.buyer().value(),
                    line.seller().value(),
                    line.order(),
                    line.status().wireName(),
                    line.dueOn(),
                    json(line)));
        }
        jdbc.sql("INSERT INTO order_line (receipt, ordinal, line, buyer, seller, order_number, status, due_on, content)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + ", (?, ?, ?, ?, ?, ?, ?, ?, ?)".repeat(lines.size() - 1))
                .params(values)
                .update();
    }

    private record Place(long receipt, int ordinal, int line) {

        static Place of(String id) {
            String[] parts = id.split("-", 3);
            return new Place(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
    }

    private static String json(OrderLine line) {
        return new String(CanonicalJson.of(line), StandardCharsets.UTF_8);
    }
}
