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

    private static final Set<EntryType> TYPES =
            Set.of(Receipt.RECEIVED, Receipt.REFUSED, Receipt.TURNED_AWAY, Receipt.FINISHED);

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
        } else if (entry.type().equals(Receipt.TURNED_AWAY)) {
            turnedAway(entry);
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
        alarms.close(
                turnedAway(Receipts.attribute(entry, Receipt.PARTNER), Receipts.attribute(entry, Receipt.CHANNEL)),
                entry.arrivedAt());
    }

    private void refused(Entry entry) {
        String partner = Receipts.attribute(entry, Receipt.PARTNER);
        String messageId = Receipts.attribute(entry, Receipt.MESSAGE_ID);
        count(entry, partner);
        alarms.open(
                "message-id-reused:%s:%s".formatted(partner, messageId),
                "%s sent other content under message id %s, which receipt %s already has; it was refused. Ask %s to send it under a new message id."
                        .formatted(partner, messageId, Receipts.attribute(entry, Entry.ABOUT), partner),
                entry.arrivedAt());
    }

    private void turnedAway(Entry entry) {
        String partner = entry.attributes().get(Receipt.PARTNER);
        String channel = Receipts.attribute(entry, Receipt.CHANNEL);
        count(entry, countedAs(channel, partner != null));
        if (partner != null) {
            alarms.open(
                    turnedAway(partner, channel),
                    "A message in the name of %s was refused by %s: %s. If it was theirs, agree with %s on certificates and security; the next one that is taken ends this alarm."
                            .formatted(partner, channel, Receipts.attribute(entry, Receipt.BECAUSE), partner),
                    entry.arrivedAt());
        }
    }

    private static String turnedAway(String partner, String channel) {
        return "turned-away:%s:%s".formatted(channel, partner);
    }

    /**
     * What refusals at a door are counted under; a partner's id has no blank. Whoever bears the names of partners does
     * not use up what is kept of strangers, and neither uses up what is kept of a partner who is who it says.
     */
    static String countedAs(String channel, boolean nameOfAPartner) {
        return "%s %s".formatted(channel, nameOfAPartner ? "unproved" : "strangers");
    }

    private void count(Entry entry, String as) {
        jdbc.sql("INSERT INTO intake_refusal (entry, partner, refused_at) VALUES (?, ?, ?)")
                .params(entry.id().sequence(), as, entry.arrivedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void finished(Entry entry) {
        jdbc.sql("UPDATE receipt SET finished = TRUE, finished_by = ? WHERE entry = ?")
                .params(entry.id().sequence(), Long.parseLong(Receipts.attribute(entry, Entry.ABOUT)))
                .update();
    }
}
