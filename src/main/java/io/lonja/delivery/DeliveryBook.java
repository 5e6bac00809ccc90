package io.lonja.delivery;

import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.party.PartyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of what is owed. */
final class DeliveryBook {

    private final JdbcClient jdbc;

    DeliveryBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Delivery> find(long id) {
        return jdbc.sql("SELECT * FROM delivery WHERE entry = ?")
                .param(id)
                .query(DeliveryBook::delivery)
                .optional();
    }

    List<Delivery> list(@Nullable PartyId to, @Nullable String status, long after, int limit) {
        return jdbc.sql("""
                        SELECT * FROM delivery
                        WHERE entry > :after
                          AND (CAST(:party AS VARCHAR(64)) IS NULL OR party = :party)
                          AND (CAST(:status AS VARCHAR(16)) IS NULL OR status = :status)
                        ORDER BY entry LIMIT :limit
                        """)
                .param("after", after)
                .param("party", to == null ? null : to.value())
                .param("status", status)
                .param("limit", limit)
                .query(DeliveryBook::delivery)
                .list();
    }

    List<Delivery> about(EntryId receipt) {
        return jdbc.sql("SELECT * FROM delivery WHERE about = ? ORDER BY entry")
                .param(receipt.sequence())
                .query(DeliveryBook::delivery)
                .list();
    }

    List<EntryId> openSince(Instant before, int limit) {
        return jdbc.sql("""
                        SELECT entry FROM delivery WHERE status IN ('pending', 'sent') AND owed_since <= ?
                        ORDER BY owed_since LIMIT ?
                        """)
                .params(before.atOffset(ZoneOffset.UTC), limit)
                .query((row, number) -> new EntryId(row.getLong("entry")))
                .list();
    }

    /**
     * What a lane must look at next.
     *
     * @param attempts how often it was tried
     * @param notBefore when it may be tried again; null for at once
     */
    record Head(EntryId id, int attempts, @Nullable Instant notBefore) {}

    /** The oldest delivery to the party that did not leave yet. */
    Optional<Head> head(PartyId to) {
        return jdbc.sql("""
                        SELECT entry, attempts, next_at FROM delivery
                        WHERE party = ? AND status IN ('pending', 'overdue') AND handed_over = FALSE
                        ORDER BY entry LIMIT 1
                        """)
                .param(to.value())
                .query((row, number) -> {
                    OffsetDateTime next = row.getObject("next_at", OffsetDateTime.class);
                    return new Head(
                            new EntryId(row.getLong("entry")),
                            row.getInt("attempts"),
                            next == null ? null : next.toInstant());
                })
                .optional();
    }

    List<PartyId> lanesDue(Instant now, int limit) {
        return jdbc.sql("""
                        SELECT DISTINCT party FROM delivery
                        WHERE status IN ('pending', 'overdue') AND handed_over = FALSE
                          AND (next_at IS NULL OR next_at <= ?)
                        ORDER BY party LIMIT ?
                        """)
                .params(now.atOffset(ZoneOffset.UTC), limit)
                .query((row, number) -> new PartyId(row.getString("party")))
                .list();
    }

    void failed(DeliveryAttempt attempt, Instant nextAt) {
        jdbc.sql("UPDATE delivery SET attempts = ?, next_at = ?, last_failure = ? WHERE entry = ?")
                .params(attempt.attempt(), nextAt.atOffset(ZoneOffset.UTC), attempt.failure(), attempt.delivery())
                .update();
    }

    void handedOver(DeliveryAttempt attempt) {
        jdbc.sql("UPDATE delivery SET attempts = ?, handed_over = TRUE, last_failure = NULL WHERE entry = ?")
                .params(attempt.attempt(), attempt.delivery())
                .update();
    }

    void owe(Entry evidence, String to, String kind, @Nullable Long about) {
        OffsetDateTime since = evidence.arrivedAt().atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                        INSERT INTO delivery (entry, party, kind, about, digest, bytes, owed_since, status, changed_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?)
                        """)
                .params(
                        evidence.id().sequence(),
                        to,
                        kind,
                        about,
                        evidence.payloadDigest().hex(),
                        evidence.payloadLength(),
                        since,
                        since)
                .update();
    }

    void move(long id, String status, @Nullable String reason, Instant at) {
        jdbc.sql("UPDATE delivery SET status = ?, reason = ?, changed_at = ? WHERE entry = ?")
                .params(status, reason, at.atOffset(ZoneOffset.UTC), id)
                .update();
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        long about = row.getLong("about");
        Delivery.Owed owed = new Delivery.Owed(
                new EntryId(row.getLong("entry")),
                new PartyId(row.getString("party")),
                row.getString("kind"),
                about == 0 ? null : new EntryId(about),
                Sha256.fromHex(row.getString("digest")),
                row.getLong("bytes"),
                row.getObject("owed_since", OffsetDateTime.class).toInstant());
        Instant at = row.getObject("changed_at", OffsetDateTime.class).toInstant();
        String status = row.getString("status");
        return switch (status) {
            case "pending" -> new Delivery.Pending(owed, at);
            case "sent" -> new Delivery.Sent(owed, at);
            case "confirmed" -> new Delivery.Confirmed(owed, at);
            case "overdue" -> new Delivery.Overdue(owed, at);
            case "abandoned" -> new Delivery.Abandoned(owed, at, row.getString("reason"));
            default -> throw new IllegalStateException("Delivery %s has status %s".formatted(owed.id(), status));
        };
    }
}
