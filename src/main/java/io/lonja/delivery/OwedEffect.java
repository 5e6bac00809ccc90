package io.lonja.delivery;

import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;

/** Evidence that is addressed to somebody is owed from then on. */
final class OwedEffect implements Effect {

    private final DeliveryBook book;

    OwedEffect(DeliveryBook book) {
        this.book = book;
    }

    @Override
    public Lane lane() {
        return Lane.RECEIPTS;
    }

    @Override
    public int step() {
        return 30;
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
        String to = entry.attributes().get(Entry.DELIVER_TO);
        if (to != null) {
            String about = entry.attributes().get(Entry.ABOUT);
            book.owe(
                    entry,
                    to,
                    entry.attributes()
                            .getOrDefault(Entry.DELIVER_AS, entry.type().name()),
                    about == null ? null : Long.valueOf(about),
                    entry.attributes().get(Entry.DELIVER_BY));
        }
    }
}
