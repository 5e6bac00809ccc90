package io.lonja.transport.as2;

import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers which message brings which delivery, and what an MDN calls it. */
record SentEffect(JdbcClient jdbc) implements Effect {

    @Override
    public Lane lane() {
        return Lane.RECEIPTS;
    }

    @Override
    public int step() {
        return 60;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(As2Evidence.SENT);
    }

    @Override
    public boolean readsPayload(EntryType type) {
        return false;
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        String delivery = entry.attributes().get(As2Evidence.DELIVERY);
        if (delivery == null) {
            throw new IllegalStateException("Entry %s does not say which delivery it brings".formatted(entry.id()));
        }
        jdbc.sql("INSERT INTO as2_sent (delivery, entry, party, message_id) VALUES (?, ?, ?, ?)")
                .params(
                        Long.parseLong(delivery),
                        entry.id().sequence(),
                        entry.attributes().get(As2Evidence.PARTNER),
                        entry.attributes().get("message-id"))
                .update();
    }
}
