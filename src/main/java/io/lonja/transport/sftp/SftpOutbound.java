package io.lonja.transport.sftp;

import io.lonja.delivery.Carried;
import io.lonja.delivery.Delivery;
import io.lonja.delivery.Departure;
import java.io.IOException;

/** Brings what is owed into a partner's outbox. It is confirmed when the partner has fetched it. */
public final class SftpOutbound {

    private final DropBoxes boxes;

    SftpOutbound(DropBoxes boxes) {
        this.boxes = boxes;
    }

    /** Called by the lane; done when the file is durable under its name. */
    public Carried carry(Departure departure) {
        Delivery.Owed owed = departure.owed();
        try {
            RemotePath where = boxes.of(owed.to()).outbox().put(owed.id(), owed.kind(), departure.payload());
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
