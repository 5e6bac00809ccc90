package io.lonja.transport.sftp;

import io.lonja.archive.EntryId;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.party.PartyId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the delivery book says of the files in the outboxes, and what they tell it. */
final class OutboxDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxDeliveries.class);
    private static final List<String> LEFT_UNCONFIRMED = List.of("sent", "overdue");

    private final Deliveries deliveries;

    OutboxDeliveries(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** The partner read the file to its end and closed it, which confirms its delivery once. */
    void fetched(PartyId partner, Outbox.Waiting file) {
        if (find(file.delivery()).filter(Delivery::open).isPresent()) {
            deliveries.confirmed(file.delivery(), "%s fetched /outbox/%s by SFTP".formatted(partner, file.name()));
            LOG.info("{}: {} was fetched, delivery {} is confirmed", partner, file.name(), file.delivery());
        }
    }

    Optional<Delivery> find(EntryId delivery) {
        return deliveries.find(delivery);
    }

    /** What left for the partner and is not confirmed, oldest first. */
    List<Delivery> unconfirmed(PartyId partner) {
        List<Delivery> unconfirmed = new ArrayList<>();
        for (String status : LEFT_UNCONFIRMED) {
            unconfirmed.addAll(deliveries.list(partner, status, 0, SftpLimits.OUTBOX_FILES_MAX));
        }
        unconfirmed.sort(Comparator.comparing(delivery -> delivery.owed().id().sequence()));
        return unconfirmed;
    }

    byte[] payload(EntryId delivery) {
        return deliveries.fetch(delivery);
    }
}
