package io.lonja.document;

import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;

/** Whatever was written for a document that is due is due no more. */
record WrittenEffect(OutgoingDocuments documents) implements Effect {

    @Override
    public Lane lane() {
        return Lane.RECEIPTS;
    }

    @Override
    public int step() {
        return 26;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.kind() == EntryType.Kind.EVIDENCE;
    }

    @Override
    public boolean readsPayload(EntryType type) {
        return false;
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        OutgoingDocuments.carried(entry.attributes()).forEach(document -> documents.written(document, entry.id()));
    }
}
