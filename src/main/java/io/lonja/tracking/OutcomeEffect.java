package io.lonja.tracking;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.document.DocumentRegister;
import io.lonja.document.DocumentRelease;
import io.lonja.document.MappedInterchange;
import io.lonja.document.RegisteredDocument;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts what the books made of a receipt's documents, in their transaction and after the register. */
final class OutcomeEffect implements Effect {

    private final DocumentRegister documents;
    private final JdbcClient jdbc;

    OutcomeEffect(DocumentRegister documents, JdbcClient jdbc) {
        this.documents = documents;
        this.jdbc = jdbc;
    }

    @Override
    public Lane lane() {
        return Lane.BOOKS;
    }

    @Override
    public int step() {
        return 90;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(MappedInterchange.MAPPED) || type.equals(DocumentRelease.RELEASED);
    }

    @Override
    public boolean readsPayload(EntryType type) {
        return type.equals(DocumentRelease.RELEASED);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        if (entry.type().equals(DocumentRelease.RELEASED)) {
            documents
                    .find(CanonicalJson.read(payload, DocumentRelease.class).document())
                    .ifPresent(document -> count(document.receipt().sequence()));
        } else {
            count(TrackedNumber.receipt(entry));
        }
    }

    private void count(long receipt) {
        long all = 0;
        long held = 0;
        long refused = 0;
        for (RegisteredDocument document : documents.of(new EntryId(receipt))) {
            all++;
            held += document.state() == RegisteredDocument.State.HELD ? 1 : 0;
            refused += document.state() == RegisteredDocument.State.REFUSED ? 1 : 0;
        }
        // A receipt that was mapped twice has the outcome of both: the register counts its documents once.
        jdbc.sql("DELETE FROM tracked_outcome WHERE receipt = ?").param(receipt).update();
        jdbc.sql("INSERT INTO tracked_outcome (receipt, counted, held, refused) VALUES (?, ?, ?, ?)")
                .params(receipt, all - held - refused, held, refused)
                .update();
    }
}
