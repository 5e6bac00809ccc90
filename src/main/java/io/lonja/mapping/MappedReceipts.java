package io.lonja.mapping;

import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.document.MappedInterchange;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers which receipts were mapped, so that none is mapped twice but for an operator who wants it. */
final class MappedReceipts implements Effect {

    private final JdbcClient jdbc;

    MappedReceipts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest fact that the receipt was mapped. */
    Optional<EntryId> fact(EntryId receipt) {
        return jdbc.sql("SELECT fact FROM mapped_receipt WHERE receipt = ?")
                .param(receipt.sequence())
                .query(Long.class)
                .optional()
                .map(EntryId::new);
    }

    @Override
    public Lane lane() {
        return Lane.RECEIPTS;
    }

    @Override
    public int step() {
        return 25;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(MappedInterchange.MAPPED);
    }

    @Override
    public boolean readsPayload(EntryType type) {
        return false;
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        String about = entry.attributes().get(Entry.ABOUT);
        if (about == null) {
            throw new IllegalStateException("Fact %s does not say which receipt it is about".formatted(entry.id()));
        }
        EntryId receipt = new EntryId(Long.parseLong(about));
        if (entry.attributes().containsKey(MappedInterchange.REPLAY)) {
            jdbc.sql("UPDATE mapped_receipt SET fact = ? WHERE receipt = ?")
                    .params(entry.id().sequence(), receipt.sequence())
                    .update();
        } else if (fact(receipt).isEmpty()) {
            jdbc.sql("INSERT INTO mapped_receipt (receipt, fact) VALUES (?, ?)")
                    .params(receipt.sequence(), entry.id().sequence())
                    .update();
        }
    }
}
