package io.lonja.intake;

import io.lonja.archive.Archive;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.party.PartyId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every receipt there is, and which of them are not through the pipeline yet. */
public final class Receipts {

    private final Archive archive;
    private final JdbcClient jdbc;

    Receipts(Archive archive, JdbcClient jdbc) {
        this.archive = archive;
        this.jdbc = jdbc;
    }

    /** The receipt as it was first given, its tree head included; empty when the entry is no receipt. */
    public Optional<Receipt> find(EntryId id) {
        if (id.sequence() > archive.size()) {
            return Optional.empty();
        }
        Entry entry = archive.entry(id);
        return entry.type().equals(Receipt.RECEIVED) ? Optional.of(of(entry)) : Optional.empty();
    }

    /** A receipt that was not read and mapped to the end, and who sent it. */
    public record Unfinished(EntryId receipt, PartyId from) {}

    /**
     * Receipts after this sequence (0 for the beginning) that were not read and mapped to the end, in sequence.
     *
     * @param until only those that were received by then
     */
    public List<Unfinished> unfinishedAfter(long sequence, Instant until, int limit) {
        return jdbc.sql("""
                        SELECT entry, partner FROM receipt WHERE finished = FALSE AND entry > ? AND received_at <= ?
                        ORDER BY entry LIMIT ?
                        """)
                .params(sequence, until.atOffset(ZoneOffset.UTC), limit)
                .query((row, number) ->
                        new Unfinished(new EntryId(row.getLong("entry")), new PartyId(row.getString("partner"))))
                .list();
    }

    /** The first of all receipts that was not read and mapped to the end, if it came up to this entry. */
    public Optional<EntryId> firstUnfinished(long through) {
        return jdbc.sql("SELECT MIN(entry) FROM receipt WHERE finished = FALSE AND entry <= ?")
                .param(through)
                .query(Long.class)
                .optional()
                .map(EntryId::new);
    }

    /** Receipts of one sender after this sequence that were not read and mapped to the end, in sequence. */
    public List<EntryId> unfinishedFrom(PartyId sender, long sequence, int limit) {
        return jdbc.sql("""
                        SELECT entry FROM receipt WHERE partner = ? AND finished = FALSE AND entry > ?
                        ORDER BY entry LIMIT ?
                        """)
                .params(sender.value(), sequence, limit)
                .query((row, number) -> new EntryId(row.getLong("entry")))
                .list();
    }

    /** Who sent it; empty when the entry is no receipt. */
    public Optional<PartyId> sender(EntryId receipt) {
        return jdbc.sql("SELECT partner FROM receipt WHERE entry = ?")
                .param(receipt.sequence())
                .query(String.class)
                .optional()
                .map(PartyId::new);
    }

    /** Whether this receipt was not read and mapped to the end. */
    public boolean unfinished(EntryId receipt) {
        return jdbc.sql("SELECT COUNT(*) FROM receipt WHERE finished = FALSE AND entry = ?")
                        .param(receipt.sequence())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The fact by which this receipt was read and mapped to the end; empty while it is on its way. */
    public Optional<EntryId> finishedBy(EntryId receipt) {
        return jdbc.sql("SELECT finished_by FROM receipt WHERE entry = ? AND finished_by IS NOT NULL")
                .param(receipt.sequence())
                .query(Long.class)
                .optional()
                .map(EntryId::new);
    }

    /** How many receipts there are up to this entry. */
    public long countThrough(EntryId last) {
        return jdbc.sql("SELECT COUNT(*) FROM receipt WHERE entry <= ?")
                .param(last.sequence())
                .query(Long.class)
                .single();
    }

    Optional<Receipt> byMessageId(PartyId from, String messageId) {
        return first("SELECT entry FROM receipt WHERE partner = ? AND message_id = ?", from, messageId);
    }

    Optional<Receipt> firstByContent(PartyId from, Sha256 digest) {
        return first(
                "SELECT entry FROM receipt WHERE partner = ? AND digest = ? ORDER BY entry LIMIT 1",
                from,
                digest.hex());
    }

    Optional<Receipt> lastByContent(PartyId from, Sha256 digest) {
        return first(
                "SELECT entry FROM receipt WHERE partner = ? AND digest = ? ORDER BY entry DESC LIMIT 1",
                from,
                digest.hex());
    }

    int refusalsSince(String counted, Instant since) {
        return jdbc.sql("SELECT COUNT(*) FROM intake_refusal WHERE partner = ? AND refused_at >= ?")
                .params(counted, since.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    Receipt of(Entry entry) {
        return new Receipt(
                entry.id(),
                new PartyId(attribute(entry, Receipt.PARTNER)),
                attribute(entry, Receipt.CHANNEL),
                entry.attributes().get(Receipt.MESSAGE_ID),
                entry.payloadDigest(),
                entry.arrivedAt(),
                archive.treeHead(entry.id().sequence()));
    }

    static String attribute(Entry entry, String name) {
        String value = entry.attributes().get(name);
        if (value == null) {
            throw new IllegalStateException("Entry %s (%s) has no attribute %s"
                    .formatted(entry.id(), entry.type().name(), name));
        }
        return value;
    }

    private Optional<Receipt> first(String sql, PartyId from, String value) {
        return jdbc.sql(sql)
                .params(from.value(), value)
                .query(Long.class)
                .optional()
                .map(entry -> of(archive.entry(new EntryId(entry))));
    }
}
