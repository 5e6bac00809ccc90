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
import java.util.Collection;
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
                          AND (CAST(:party AS VARCHAR(64)) IS NULL OR party = :party AND leaves_by IS NULL)
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

    /** Those of these kinds in one of these states. */
    List<Delivery> list(
            @Nullable PartyId to, Collection<String> kinds, Collection<String> states, long after, int limit) {
        return jdbc.sql("""
                        SELECT * FROM delivery
                        WHERE entry > :after AND kind IN (:kinds) AND status IN (:states)
                          AND (CAST(:party AS VARCHAR(64)) IS NULL OR party = :party AND leaves_by IS NULL)
                        ORDER BY entry LIMIT :limit
                        """)
                .param("after", after)
                .param("kinds", kinds)
                .param("states", states)
                .param("party", to == null ? null : to.value())
                .param("limit", limit)
                .query(DeliveryBook::delivery)
                .list();
    }

    /**
     * What left, and when it is to be proved that it arrived.
     *
     * @param unproved only those whose proof did not come in time, or only the others; null for both
     */
    List<AwaitedProof> awaitedProofs(
            @Nullable PartyId to, Collection<String> states, @Nullable Boolean unproved, long after, int limit) {
        return jdbc.sql("""
                        SELECT * FROM delivery
                        WHERE entry > :after AND proof_by IS NOT NULL AND status IN (:states)
                          AND (CAST(:unproved AS BOOLEAN) IS NULL OR unproved = :unproved)
                          AND (CAST(:party AS VARCHAR(64)) IS NULL OR party = :party AND leaves_by IS NULL)
                        ORDER BY entry LIMIT :limit
                        """)
                .param("after", after)
                .param("states", states)
                .param("unproved", unproved)
                .param("party", to == null ? null : to.value())
                .param("limit", limit)
                .query((row, number) -> new AwaitedProof(
                        delivery(row, number),
                        row.getObject("proof_by", OffsetDateTime.class).toInstant(),
                        row.getBoolean("unproved")))
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

    /**
     * The next of a lane. Among documents it is the oldest that did not leave yet, due or not, so that nothing overtakes;
     * what left before and is not proved to have arrived holds up nobody while it waits. Elsewhere nobody waits for
     * another, and what was tried least is first.
     */
    Optional<Head> head(DeliveryLane lane, Instant now) {
        String sql = lane.by() == null ? """
                        SELECT entry, attempts, next_at FROM delivery
                        WHERE party = :party AND leaves_by IS NULL AND handed_over = FALSE
                          AND (status IN ('pending', 'overdue') AND unproved = FALSE
                               OR status IN ('sent', 'overdue') AND unproved = TRUE AND next_at <= :now)
                        ORDER BY entry LIMIT 1
                        """ : """
                        SELECT entry, attempts, next_at FROM delivery
                        WHERE party = :party AND leaves_by = :by AND handed_over = FALSE
                          AND status IN ('pending', 'overdue') AND (next_at IS NULL OR next_at <= :now)
                        ORDER BY attempts, entry LIMIT 1
                        """;
        return jdbc.sql(sql)
                .param("party", lane.to().value())
                .param("by", lane.by())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> {
                    OffsetDateTime next = row.getObject("next_at", OffsetDateTime.class);
                    return new Head(
                            new EntryId(row.getLong("entry")),
                            row.getInt("attempts"),
                            next == null ? null : next.toInstant());
                })
                .optional();
    }

    List<DeliveryLane> lanesDue(Instant now, int limit) {
        return jdbc.sql("""
                        SELECT DISTINCT party, leaves_by FROM delivery
                        WHERE (status IN ('pending', 'overdue') OR status = 'sent' AND unproved = TRUE)
                          AND handed_over = FALSE AND (next_at IS NULL OR next_at <= ?)
                        ORDER BY party, leaves_by LIMIT ?
                        """)
                .params(now.atOffset(ZoneOffset.UTC), limit)
                .query((row, number) ->
                        new DeliveryLane(new PartyId(row.getString("party")), row.getString("leaves_by")))
                .list();
    }

    /** How much is owed to the party by this channel and not brought yet. */
    int open(DeliveryLane lane) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM delivery
                        WHERE party = ? AND leaves_by = ? AND status IN ('pending', 'overdue')
                        """)
                .params(lane.to().value(), lane.by())
                .query(Integer.class)
                .single();
    }

    /** What left and whose proof should have come by now, oldest first. */
    List<EntryId> unproved(Instant now, int limit) {
        return jdbc.sql("""
                        SELECT entry FROM delivery
                        WHERE proof_by <= ? AND unproved = FALSE AND status IN ('pending', 'sent', 'overdue')
                        ORDER BY proof_by LIMIT ?
                        """)
                .params(now.atOffset(ZoneOffset.UTC), limit)
                .query((row, number) -> new EntryId(row.getLong("entry")))
                .list();
    }

    boolean unprovedAt(long id, Instant now) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM delivery
                        WHERE entry = ? AND proof_by <= ? AND unproved = FALSE
                          AND status IN ('pending', 'sent', 'overdue')
                        """)
                        .params(id, now.atOffset(ZoneOffset.UTC))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    void failed(DeliveryAttempt attempt, Instant nextAt) {
        jdbc.sql("UPDATE delivery SET attempts = ?, next_at = ?, last_failure = ? WHERE entry = ?")
                .params(attempt.attempt(), nextAt.atOffset(ZoneOffset.UTC), attempt.failure(), attempt.delivery())
                .update();
    }

    /** @param nextAt when it leaves again if nothing proves by then that it arrived; null for never */
    void handedOver(DeliveryAttempt attempt, @Nullable Instant nextAt) {
        jdbc.sql("""
                        UPDATE delivery SET attempts = ?, handed_over = TRUE, last_failure = NULL,
                          departures = departures + 1, proof_by = ?, unproved = FALSE, next_at = ?
                        WHERE entry = ?
                        """)
                .params(attempt.attempt(), time(attempt.proofBy()), time(nextAt), attempt.delivery())
                .update();
    }

    /** How often it left, its proof to come later. */
    int departures(long id) {
        return jdbc.sql("SELECT departures FROM delivery WHERE entry = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    /** Its proof did not come: it leaves again when it has a time for that. */
    void unproved(long id) {
        jdbc.sql("UPDATE delivery SET unproved = TRUE, handed_over = (next_at IS NULL) WHERE entry = ?")
                .param(id)
                .update();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** @param by the one channel that it may leave by, or null */
    void owe(Entry evidence, String to, String kind, @Nullable Long about, @Nullable String by) {
        OffsetDateTime since = evidence.arrivedAt().atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                        INSERT INTO delivery
                          (entry, party, kind, about, digest, bytes, owed_since, status, changed_at, leaves_by)
                        VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?)
                        """)
                .params(
                        evidence.id().sequence(),
                        to,
                        kind,
                        about,
                        evidence.payloadDigest().hex(),
                        evidence.payloadLength(),
                        since,
                        since,
                        by)
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
                row.getObject("owed_since", OffsetDateTime.class).toInstant(),
                row.getString("leaves_by"));
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
