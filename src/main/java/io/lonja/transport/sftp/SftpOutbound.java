package io.lonja.transport.sftp;

import io.lonja.archive.Archive;
import io.lonja.archive.Spool;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Delivery;
import io.lonja.delivery.Departure;
import java.io.IOException;

/** Brings what is owed into a partner's outbox. It is confirmed when the partner has fetched it. */
public final class SftpOutbound {

    private final DropBoxes boxes;
    private final Archive archive;
    private final Spool spool;

    SftpOutbound(DropBoxes boxes, Archive archive, Spool spool) {
        this.boxes = boxes;
        this.archive = archive;
        this.spool = spool;
    }

    /** Called by the lane; done when the file is durable under its name. */
    public Carried carry(Departure departure) {
        Delivery.Owed owed = departure.owed();
        try (Spool.Spooled spooled = archive.payload(owed.id(), spool)) {
            RemotePath where = boxes.of(owed.to()).outbox().put(owed.id(), owed.kind(), spooled.payload());
            return new Carried.HandedOver("in the SFTP drop-box as " + where);
        } catch (Refusal full) {
            return new Carried.Failed(full.sentence(), true);
        } catch (IOException | RuntimeException e) {
            return new Carried.Failed(
                    "The file for the outbox of %s could not be written: %s.".formatted(owed.to(), e.getMessage()),
                    true);
        }
    }
}
