package io.lonja.transport.as2;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.party.PartyId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The messages that bring deliveries, each built and archived once, before the first attempt. */
record SentMessages(Archive archive, Appliers appliers, JdbcClient jdbc) {

    Optional<Entry> of(EntryId delivery) {
        // What was archived just before a failure of the database must be known before another is built.
        appliers.catchUp(Effect.Lane.RECEIPTS);
        return jdbc.sql("SELECT entry FROM as2_sent WHERE delivery = ?")
                .param(delivery.sequence())
                .query(Long.class)
                .optional()
                .map(EntryId::new)
                .map(archive::entry);
    }

    /** The message that an MDN of this party is about. */
    Optional<Entry> called(String messageId, PartyId party) {
        appliers.catchUp(Effect.Lane.RECEIPTS);
        return jdbc.sql("SELECT MAX(entry) FROM as2_sent WHERE message_id = ? AND party = ?")
                .params(messageId, party.value())
                .query(Long.class)
                .optional()
                .map(EntryId::new)
                .map(archive::entry);
    }

    Entry keep(Draft message) {
        Entry entry = archive.append(message);
        appliers.catchUp(Effect.Lane.RECEIPTS, entry.id());
        return entry;
    }
}
