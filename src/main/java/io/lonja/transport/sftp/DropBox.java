package io.lonja.transport.sftp;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** One partner's two rooms, as all its sessions see them; there is nothing beside them. */
record DropBox(Inbox inbox, Outbox outbox, Clock clock) {

    Listed stat(RemotePath path) throws IOException {
        if (path.isRoot()) {
            return new Listed("/", Listed.Kind.ROOT, 0, clock.instant());
        }
        if (path.isRoom()) {
            return room(path.room());
        }
        FileName name = path.file();
        return switch (path.room()) {
            case INBOX -> inbox.stat(name);
            case OUTBOX -> outbox.stat(name);
        };
    }

    /** What is in a folder, by name. */
    List<Listed> list(RemotePath path) throws IOException {
        if (path.isRoot()) {
            return Stream.of(RemotePath.Room.values()).map(this::room).toList();
        }
        if (!path.isRoom()) {
            stat(path);
            throw Refusal.failure("%s is a file, not a folder.".formatted(path));
        }
        return switch (path.room()) {
            case INBOX -> inbox.list();
            case OUTBOX -> outbox.list();
        };
    }

    OpenFile open(RemotePath path, Opening how) throws IOException {
        FileName name = path.file();
        return switch (path.room()) {
            case INBOX -> inbox.open(name, how);
            case OUTBOX -> outbox.open(name, how);
        };
    }

    void remove(RemotePath path) throws IOException {
        FileName name = path.file();
        switch (path.room()) {
            case INBOX -> inbox.remove(name);
            case OUTBOX -> outbox.remove(name);
        }
    }

    /** @param replaces whether something complete may be lost that bears the new name */
    void rename(RemotePath from, RemotePath to, boolean replaces) throws IOException {
        FileName name = from.file();
        FileName newName = to.file();
        if (from.room() != to.room()) {
            throw Refusal.denied("A file stays in its folder; from %s to %s it does not go.".formatted(from, to));
        }
        switch (from.room()) {
            case INBOX -> inbox.rename(name, newName, replaces);
            case OUTBOX -> outbox.rename(name, newName);
        }
    }

    private Listed room(RemotePath.Room room) {
        Instant now = clock.instant();
        return new Listed(room.folder(), Listed.Kind.ROOM, 0, now);
    }
}
