package io.lonja.fulfilment;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.EntryId;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What does not fit between orders and what was said of them. */
public final class Cases {

    static final String OPEN = "open";
    static final String CLOSED = "closed";
    static final String BY_DOCUMENT = "document";
    static final String BY_OPERATOR = "operator";

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}-[0-9]{1,9}-[0-9]{1,9}");

    private final JdbcClient jdbc;

    Cases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether this has the shape of a case's id: {@code 57-0-1}. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * A stretch, newest first.
     *
     * @param visibleTo only those it buys or sells in; all when empty
     * @param partner likewise, as the caller asked
     * @param open only those that are open, or only closed ones; all when empty
     * @param order only of this order's number; of all when empty
     * @param before only those opened before this one; from the newest when empty
     */
    public List<Case> list(
            Optional<PartyId> visibleTo,
            Optional<PartyId> partner,
            Optional<Boolean> open,
            Optional<String> order,
            Optional<String> before,
            int limit) {
        StringBuilder sql = new StringBuilder("SELECT * FROM fulfilment_case WHERE 1 = 1");
        Map<String, Object> values = new LinkedHashMap<>();
        visibleTo.ifPresent(party -> {
            sql.append(" AND (buyer = :own OR seller = :own)");
            values.put("own", party.value());
        });
        partner.ifPresent(party -> {
            sql.append(" AND (buyer = :partner OR seller = :partner)");
            values.put("partner", party.value());
        });
        open.ifPresent(wanted -> {
            sql.append(" AND state = :state");
            values.put("state", wanted ? OPEN : CLOSED);
        });
        order.ifPresent(number -> {
            sql.append(" AND order_number = :order");
            values.put("order", number);
        });
        before.ifPresent(id -> {
            String[] place = id.split("-", 3);
            sql.append(" AND (fact < :fact OR (fact = :fact AND (ordinal < :ordinal"
                    + " OR (ordinal = :ordinal AND number < :number))))");
            values.put("fact", Long.parseLong(place[0]));
            values.put("ordinal", Integer.parseInt(place[1]));
            values.put("number", Integer.parseInt(place[2]));
        });
        sql.append(" ORDER BY fact DESC, ordinal DESC, number DESC FETCH FIRST ")
                .append(limit)
                .append(" ROWS ONLY");
        return jdbc.sql(sql.toString()).params(values).query(Cases::row).list();
    }

    /** Empty for any text that is no case's id. */
    public Optional<Case> find(String id) {
        if (!isId(id)) {
            return Optional.empty();
        }
        String[] place = id.split("-", 3);
        return jdbc.sql("SELECT * FROM fulfilment_case WHERE fact = ? AND ordinal = ? AND number = ?")
                .params(Long.parseLong(place[0]), Integer.parseInt(place[1]), Integer.parseInt(place[2]))
                .query(Cases::row)
                .optional();
    }

    /**
     * Opens what is new, closes what is gone, and leaves what an operator closed as long as its figures are the same.
     *
     * @param order whose cases these are, all of them but suspected duplicates; where none is named, those of the documents
     * @param documents that were looked at, by their ids
     * @param fact the entry that takes effect
     */
    void now(
            PartyId buyer,
            PartyId seller,
            String order,
            Collection<String> documents,
            List<Difference> differences,
            EntryId fact,
            int ordinal,
            Instant at) {
        Map<String, Known> known = new HashMap<>();
        boolean named = !order.equals(TradeDocument.NO_ORDER);
        if (documents.size() > 1) { // The first one finds no cases of its order.
            jdbc.sql("SELECT case_key, state, closed_by, content FROM fulfilment_case WHERE order_number = :order"
                            + " AND seller = :seller AND buyer = :buyer AND reason <> :duplicate"
                            + (named ? "" : " AND document IN (:documents)"))
                    .param("order", order)
                    .param("seller", seller.value())
                    .param("buyer", buyer.value())
                    .param("duplicate", Reason.DUPLICATE_SUSPECTED.wireName())
                    .param("documents", documents)
                    .query((ResultSet row) -> {
                        known.put(row.getString("case_key"), known(row));
                    });
        }
        settle(buyer, seller, order, known, differences, fact, ordinal, at);
    }

    /**
     * The same for what names no order.
     *
     * @param keys of all cases that there could be
     */
    void now(
            PartyId buyer,
            PartyId seller,
            Collection<String> keys,
            List<Difference> differences,
            EntryId fact,
            int ordinal,
            Instant at) {
        Map<String, Known> known = new HashMap<>();
        jdbc.sql("SELECT case_key, state, closed_by, content FROM fulfilment_case WHERE case_key IN (:keys)")
                .param("keys", keys)
                .query((ResultSet row) -> {
                    known.put(row.getString("case_key"), known(row));
                });
        settle(buyer, seller, TradeDocument.NO_ORDER, known, differences, fact, ordinal, at);
    }

    private void settle(
            PartyId buyer,
            PartyId seller,
            String order,
            Map<String, Known> known,
            List<Difference> differences,
            EntryId fact,
            int ordinal,
            Instant at) {
        for (Difference difference : differences) {
            Known before = known.remove(difference.key());
            if (before == null) {
                open(buyer, seller, order, difference, fact, ordinal, at);
            } else if (!before.open && before.byOperator && before.difference.equals(difference)) {
                continue; // An operator looked at just this.
            } else if (!before.open || !before.difference.equals(difference)) {
                jdbc.sql("UPDATE fulfilment_case SET state = 'open', closed_at = NULL, closed_by = NULL, note = NULL,"
                                + " content = ? WHERE case_key = ?")
                        .params(json(difference), difference.key())
                        .update();
            }
        }
        known.forEach((key, gone) -> {
            if (gone.open) {
                close(key, BY_DOCUMENT, null, at);
            }
        });
    }

    void open(
            PartyId buyer, PartyId seller, String order, Difference difference, EntryId fact, int ordinal, Instant at) {
        int number = jdbc.sql("SELECT COUNT(*) FROM fulfilment_case WHERE fact = ? AND ordinal = ?")
                .params(fact.sequence(), ordinal)
                .query(Integer.class)
                .single();
        jdbc.sql("INSERT INTO fulfilment_case (fact, ordinal, number, case_key, buyer, seller, order_number, document,"
                        + " reason, state, content, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?)")
                .params(
                        fact.sequence(),
                        ordinal,
                        number,
                        difference.key(),
                        buyer.value(),
                        seller.value(),
                        order,
                        difference.document(),
                        difference.reason().wireName(),
                        json(difference),
                        at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Closes the open case of this key; gives whether there was one. */
    boolean close(String key, String by, @Nullable String note, Instant at) {
        return jdbc.sql("UPDATE fulfilment_case SET state = 'closed', closed_at = ?, closed_by = ?, note = ?"
                                + " WHERE case_key = ? AND state = 'open'")
                        .params(at.atOffset(ZoneOffset.UTC), by, note, key)
                        .update()
                > 0;
    }

    /** The key of the case with this id. */
    String key(Case known) {
        String[] place = known.id().split("-", 3);
        return jdbc.sql("SELECT case_key FROM fulfilment_case WHERE fact = ? AND ordinal = ? AND number = ?")
                .params(Long.parseLong(place[0]), Integer.parseInt(place[1]), Integer.parseInt(place[2]))
                .query(String.class)
                .single();
    }

    private record Known(boolean open, boolean byOperator, Difference difference) {}

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getString("state").equals(OPEN),
                BY_OPERATOR.equals(row.getString("closed_by")),
                difference(row.getString("content")));
    }

    private static String json(Difference difference) {
        return new String(CanonicalJson.of(difference), StandardCharsets.UTF_8);
    }

    private static Difference difference(String content) {
        return CanonicalJson.read(content.getBytes(StandardCharsets.UTF_8), Difference.class);
    }

    private static Case row(ResultSet row, int index) throws SQLException {
        Difference difference = difference(row.getString("content"));
        OffsetDateTime closed = row.getObject("closed_at", OffsetDateTime.class);
        return new Case(
                String.format(
                        Locale.ROOT, "%d-%d-%d", row.getLong("fact"), row.getInt("ordinal"), row.getInt("number")),
                difference.reason(),
                new PartyId(row.getString("buyer")),
                new PartyId(row.getString("seller")),
                Objects.requireNonNull(row.getString("order_number")),
                difference.line(),
                difference.document(),
                difference.expected(),
                difference.found(),
                difference.difference(),
                difference.unit(),
                difference.sentence(),
                difference.because(),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                closed == null ? null : closed.toInstant(),
                row.getString("closed_by"),
                row.getString("note"));
    }
}
