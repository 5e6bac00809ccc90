package io.lonja.intake;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import java.time.ZoneOffset;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the door must know of earlier arrivals before it answers the next. */
final class ReceiptEffect implements Effect {

    private static final Set<EntryType> TYPES = Set.of(Receipt.RECEIVED, Receipt.REFUSED, Receipt.FINISHED);

    private final JdbcClient jdbc;
    private final Alarms alarms;

    ReceiptEffect(JdbcClient jdbc, Alarms alarms) {
        this.jdbc = jdbc;
        this.alarms = alarms;
    }

    @Override
    public Lane lane() {
        return Lane.RECEIPTS;
    }

    @Override
    public int step() {
        return 10;
    }

    @Override
    public boolean concerns(EntryType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean readsPayload(EntryType type) {
        return false;
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        if (entry.type().equals(Receipt.RECEIVED)) {
            received(entry);
        } else if (entry.type().equals(Receipt.REFUSED)) {
            refused(entry);
        } else {
            finished(entry);
        }
    }

    private void received(Entry entry) {
        jdbc.sql("""
                        INSERT INTO receipt (entry, partner, channel, message_id, digest, received_at, finished)
                        VALUES (?, ?, ?, ?, ?, ?, FALSE)
                        """)
                .params(
                        entry.id().sequence(),
                        Receipts.attribute(entry, Receipt.PARTNER),
                        Receipts.attribute(entry, Receipt.CHANNEL),
                        entry.attributes().get(Receipt.MESSAGE_ID),
                        entry.payloadDigest().hex(),
                        entry.arrivedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void refused(Entry entry) {
        String partner = Receipts.attribute(entry, Receipt.PARTNER);
        String messageId = Receipts.attribute(entry, Receipt.MESSAGE_ID);
        jdbc.sql("INSERT INTO intake_refusal (entry, partner, refused_at) VALUES (?, ?, ?)")
                .params(entry.id().sequence(), partner, entry.arrivedAt().atOffset(ZoneOffset.UTC))
                .update();
        alarms.open(
                "message-id-reused:%s:%s".formatted(partner, messageId),
                "%s sent other content under message id %s, which receipt %s already has; it was refused. Ask %s to send it under a new message id."
                        .formatted(partner, messageId, Receipts.attribute(entry, Entry.ABOUT), partner),
                entry.arrivedAt());
    }

    private void finished(Entry entry) {
        jdbc.sql("UPDATE receipt SET finished = TRUE, finished_by = ? WHERE entry = ?")
                .params(entry.id().sequence(), Long.parseLong(Receipts.attribute(entry, Entry.ABOUT)))
                .update();
    }
}
