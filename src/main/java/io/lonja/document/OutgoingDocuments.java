package io.lonja.document;

import io.lonja.archive.CanonicalJson;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the domain owes its partners in documents, and which of it has been written as an interchange. */
public final class OutgoingDocuments {

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

    /** Ids of what is due and has no evidence of having been written, oldest first. */
    public List<String> due(int limit) {
        return jdbc.sql("""
                        SELECT id FROM outgoing_document d
                        WHERE NOT EXISTS (SELECT 1 FROM written_document w WHERE w.id = d.id)
                        ORDER BY due_at, id LIMIT ?
                        """).param(limit).query(String.class).list();
    }

    private static String json(Object value) {
        return new String(CanonicalJson.of(value), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
