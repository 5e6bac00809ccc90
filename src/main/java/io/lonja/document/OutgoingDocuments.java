package io.lonja.document;

import io.lonja.archive.AttributeList;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.EntryId;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the domain owes its partners in documents, and which of it has been written as an interchange. */
public final class OutgoingDocuments {

    private static final String DOCUMENT = "document";
    private static final String DOCUMENTS = "documents";

    private final JdbcClient jdbc;

    OutgoingDocuments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The document is due from now on. Called inside an effect of the books; a second time with the same id it does
     * nothing.
     *
     * @param at the time of the entry that takes effect
     */
    public void issue(OutgoingDocument document, Instant at) {
        if (find(document.id()).isPresent()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO outgoing_document (id, sender, recipient, type, number, content, because, due_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        document.id(),
                        document.from().value(),
                        document.to().value(),
                        document.content().type().wireName(),
                        document.content().number(),
                        json(document.content()),
                        json(document.because()),
                        at.atOffset(ZoneOffset.UTC))
                .update();
        int ordinal = 0;
        for (DocumentRef reason : document.because()) {
            jdbc.sql("INSERT INTO outgoing_reason (id, ordinal, receipt, bytes_from) VALUES (?, ?, ?, ?)")
                    .params(
                            document.id(),
                            ordinal++,
                            reason.at().entry().sequence(),
                            reason.at().bytes().from())
                    .update();
        }
    }

    /**
     * What became of a document that came in: what was sent because of it, and by which evidence.
     *
     * @param evidence null while it is due
     */
    public record Sent(
            String id,
            PartyId to,
            DocumentType type,
            String number,
            @Nullable EntryId evidence) {}

    /** What this document made due, in the order in which it became so. */
    public List<Sent> becauseOf(RegisteredDocument document) {
        return jdbc.sql("""
                        SELECT d.id, d.recipient, d.type, d.number, w.evidence
                          FROM outgoing_reason r
                          JOIN outgoing_document d ON d.id = r.id
                          LEFT JOIN written_document w ON w.id = d.id
                         WHERE r.receipt = ? AND r.bytes_from = ?
                         ORDER BY d.due_at, d.id
                        """)
                .params(document.receipt().sequence(), document.at().bytes().from())
                .query((row, number) -> {
                    long evidence = row.getLong("evidence");
                    return new Sent(
                            row.getString("id"),
                            new PartyId(row.getString("recipient")),
                            DocumentType.of(row.getString("type")),
                            row.getString("number"),
                            evidence == 0 ? null : new EntryId(evidence));
                })
                .list();
    }

    void written(String id, EntryId evidence) {
        jdbc.sql("INSERT INTO written_document (id, evidence) VALUES (?, ?)")
                .params(id, evidence.sequence())
                .update();
    }

    public Optional<OutgoingDocument> find(String id) {
        return jdbc.sql("SELECT * FROM outgoing_document WHERE id = ?")
                .param(id)
                .query((row, number) -> new OutgoingDocument(
                        row.getString("id"),
                        new PartyId(row.getString("sender")),
                        new PartyId(row.getString("recipient")),
                        CanonicalJson.read(bytes(row.getString("content")), BusinessDocument.class),
                        List.of(CanonicalJson.read(bytes(row.getString("because")), DocumentRef[].class))))
                .optional();
    }

    /** A document that is due since then and has no evidence of having been written. */
    public record Due(String id, PartyId to, DocumentType type, Instant since) {}

    /** What is due, oldest first, as far as it leaves now. */
    public List<Due> due(Predicate<Due> leaves, int limit) {
        try (Stream<Due> due = jdbc
                .sql("""
                        SELECT id, recipient, type, due_at FROM outgoing_document d
                        WHERE NOT EXISTS (SELECT 1 FROM written_document w WHERE w.id = d.id)
                        ORDER BY due_at, id
                        """)
                .query((row, number) -> new Due(
                        row.getString("id"),
                        new PartyId(row.getString("recipient")),
                        DocumentType.of(row.getString("type")),
                        row.getObject("due_at", OffsetDateTime.class).toInstant()))
                .stream()) {
            return due.filter(leaves).limit(limit).toList();
        }
    }

    /** What the evidence of an interchange says in its attributes of the outgoing documents that it carries. */
    public static Map<String, String> carried(List<OutgoingDocument> documents) {
        List<String> ids = documents.stream().map(OutgoingDocument::id).toList();
        return ids.size() == 1 ? Map.of(DOCUMENT, ids.get(0)) : AttributeList.of(DOCUMENTS, ids);
    }

    /** The ids of those documents; none for other evidence. */
    static List<String> carried(Map<String, String> attributes) {
        String document = attributes.get(DOCUMENT);
        return document == null ? AttributeList.in(attributes, DOCUMENTS) : List.of(document);
    }

    private static String json(Object value) {
        return new String(CanonicalJson.of(value), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
