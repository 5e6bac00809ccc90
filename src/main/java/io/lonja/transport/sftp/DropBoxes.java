package io.lonja.transport.sftp;

import io.lonja.archive.DataFolder;
import io.lonja.party.PartyId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Every partner's drop-box, each in a folder of its own under {@code sftp} in the data folder. */
final class DropBoxes {

    private final DataFolder home;
    private final SftpLimits limits;
    private final Taking door;
    private final BiConsumer<PartyId, Outbox.Waiting> fetched;
    private final Clock clock;
    private final Map<PartyId, DropBox> byPartner = new ConcurrentHashMap<>();

    /** @param fetched hears of every download that was read to its end and closed */
    DropBoxes(
            DataFolder home, SftpLimits limits, Taking door, BiConsumer<PartyId, Outbox.Waiting> fetched, Clock clock) {
        this.home = home;
        this.limits = limits;
        this.door = door;
        this.fetched = fetched;
        this.clock = clock;
    }

    /** The drop-box of this partner; its folders are made again when somebody removed them. */
    DropBox of(PartyId partner) {
        Path inbox = folder(partner, RemotePath.Room.INBOX);
        Path outbox = folder(partner, RemotePath.Room.OUTBOX);
        return byPartner.computeIfAbsent(
                partner,
                id -> new DropBox(
                        new Inbox(id, inbox, limits, door, clock),
                        new Outbox(id, outbox, waiting -> fetched.accept(id, waiting)),
                        clock));
    }

    private Path folder(PartyId partner, RemotePath.Room room) {
        home.folder("sftp");
        home.folder("sftp/" + partner);
        return home.folder("sftp/%s/%s".formatted(partner, room.folder()));
    }
}
