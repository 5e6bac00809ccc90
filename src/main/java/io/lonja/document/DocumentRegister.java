package io.lonja.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.EntryId;
import io.lonja.document.RegisteredDocument.State;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks up the documents that were exchanged. */
public final class DocumentRegister {

    /** The most that one search gives: a page of 500, and one that shows there is more. */
    public static final int LIMIT_MAX = 501;

    private static final Pattern ID = Pattern.compile("([1-9][0-9]{0,17})-([0-9]{1,9})");
    private static final ObjectMapper JSON = CanonicalJson.mapper();

    private final JdbcClient jdbc;

    DocumentRegister(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The document with this id; empty for any other text. */
    public Optional<RegisteredDocument> find(String id) {
        return jdbc.sql("SELECT * FROM document WHERE id = ?")
                .param(id)
                .query(DocumentRegister::document)
                .optional();
    }

    /**
     * The document with this id, if this party sent, bought or sold it; empty for any other text.
     *
     * @param visibleTo null for whoever may see all
     */
    public Optional<RegisteredDocument> find(String id, @Nullable PartyId visibleTo) {
        if (visibleTo == null) {
            return find(id);
        }
        return jdbc.sql("SELECT * FROM document WHERE id = ? AND ? IN (sender, buyer, seller)")
                .params(id, visibleTo.value())
                .query(DocumentRegister::document)
                .optional();
    }

    /** What came in this receipt, in wire order. */
    public List<RegisteredDocument> of(EntryId receipt) {
        return jdbc.sql("SELECT * FROM document WHERE receipt = ? ORDER BY ordinal")
                .param(receipt.sequence())
                .query(DocumentRegister::document)
                .list();
    }

    /**
     * The seller's invoices and credit notes, whoever sent them, that are registered by facts before this entry; in the order
     * of these facts. They have the state of now.
     */
    public List<RegisteredDocument> billsOf(PartyId seller, EntryId before) {
        return jdbc.sql(
                        "SELECT * FROM document WHERE seller = ? AND type IN (?, ?) AND fact < ? ORDER BY fact, ordinal")
                .params(
                        seller.value(),
                        DocumentType.INVOICE.wireName(),
                        DocumentType.CREDIT_NOTE.wireName(),
                        before.sequence())
                .query(DocumentRegister::document)
                .list();
    }

    /**
     * Documents that answer the query, newest receipt first.
     *
     * @param after the id of the last document already seen; null for the beginning
     * @param limit at most {@value #LIMIT_MAX}
     * @throws IllegalArgumentException when {@code after} is not a document id
     */
    public List<RegisteredDocument> search(DocumentQuery query, @Nullable String after, int limit) {
        StringBuilder sql = new StringBuilder("SELECT * FROM document WHERE 1 = 1");
        List<Object> values = new ArrayList<>();
        restrict(sql, values, "number = ?", query.number());
        restrict(
                sql,
                values,
                "type = ?",
                query.type() == null ? null : query.type().wireName());
        restrict(sql, values, "? IN (sender, buyer, seller)", partyName(query.partner()));
        restrict(sql, values, "? IN (sender, buyer, seller)", partyName(query.visibleTo()));
        if (query.controlNumber() != null) {
            restrict(sql, values, "(control_number = ? OR interchange = ?)", query.controlNumber());
            values.add(query.controlNumber());
        }
        if (query.text() != null) {
            restrict(
                    sql,
                    values,
                    "(number LIKE ? ESCAPE '!' OR control_number = ? OR interchange = ?)",
                    query.text().replaceAll("([!%_])", "!$1") + "%");
            values.add(query.text());
            values.add(query.text());
        }
        if (after != null) {
            var place = ID.matcher(after);
            if (!place.matches()) {
                throw new IllegalArgumentException("Not a document id: " + after);
            }
            long receipt = Long.parseLong(place.group(1));
            restrict(sql, values, "(receipt < ? OR (receipt = ? AND ordinal > ?))", receipt);
            values.add(receipt);
            values.add(Integer.valueOf(place.group(2)));
        }
        sql.append(" ORDER BY receipt DESC, ordinal LIMIT ?");
        values.add(Math.min(Math.max(limit, 1), LIMIT_MAX));
        return jdbc.sql(sql.toString())
                .params(values)
                .query(DocumentRegister::document)
                .list();
    }

    private static void restrict(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            values.add(value);
        }
    }

    private static @Nullable String partyName(@Nullable PartyId party) {
        return party == null ? null : party.value();
    }

    static RegisteredDocument document(ResultSet row, int number) throws SQLException {
        DocumentType type = DocumentType.of(row.getString("type"));
        PartyId sender = new PartyId(row.getString("sender"));
        String content = row.getString("content");
        BigDecimal total = row.getBigDecimal("total");
        return new RegisteredDocument(
                row.getString("id"),
                type,
                row.getString("number"),
                row.getObject("issued", LocalDate.class),
                sender,
                counterparty(type, row),
                total == null ? null : Money.exactly(total, Currency.getInstance(row.getString("currency"))),
                row.getString("interchange"),
                row.getString("control_number"),
                row.getString("guide"),
                new ArchiveRef(
                        new EntryId(row.getLong("receipt")),
                        new ByteRange(row.getLong("bytes_from"), row.getLong("bytes_to"))),
                new EntryId(row.getLong("fact")),
                State.of(row.getString("state")),
                row.getString("repeats"),
                problems(row.getString("problems")),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                content == null
                        ? null
                        : CanonicalJson.read(content.getBytes(StandardCharsets.UTF_8), BusinessDocument.class));
    }

    private static @Nullable PartyId counterparty(DocumentType type, ResultSet row) throws SQLException {
        // A buyer sends its requests and orders, and the invoices that it writes in its supplier's stead.
        boolean byBuyer = type.byBuyer() || row.getString("sender").equals(row.getString("buyer"));
        String name = row.getString(byBuyer ? "seller" : "buyer");
        return name == null ? null : new PartyId(name);
    }

    private static List<MappingProblem> problems(String json) {
        try {
            return JSON.readValue(json, new TypeReference<List<MappingProblem>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The register holds problems that are not JSON", e);
        }
    }
}
