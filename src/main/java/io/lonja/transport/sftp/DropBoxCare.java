package io.lonja.transport.sftp;

import io.lonja.alarm.Alarms;
import io.lonja.archive.EntryId;
import io.lonja.archive.Payload;
import io.lonja.delivery.Delivery;
import io.lonja.partner.Channels;
import io.lonja.partner.TradingPartner;
import io.lonja.party.PartyId;
import io.lonja.transport.Rounds;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the drop-boxes as they should be: puts back into an outbox what left and is not confirmed, if the folder was
 * lost or the partner removed the file unread; removes what was fetched some time ago; tells of uploads that nobody ended.
 */
final class DropBoxCare extends Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(DropBoxCare.class);

    /** How long an upload may lie unfinished before a person should know. */
    static final Duration UNFINISHED_MAX = Duration.ofHours(1);

    private final DropBoxes boxes;
    private final OutboxDeliveries owed;
    private final Supplier<List<TradingPartner>> partners;
    private final Alarms alarms;
    private final Clock clock;
    private final Duration fetchedKept;
    /** Partners of whom there is certainly no alarm. */
    private final Set<PartyId> well = new HashSet<>();

    /** @param partners those that have a drop-box now */
    DropBoxCare(
            DropBoxes boxes,
            OutboxDeliveries owed,
            Supplier<List<TradingPartner>> partners,
            Alarms alarms,
            Clock clock,
            Duration fetchedKept,
            Duration every) {
        super("sftp-care", every);
        this.boxes = boxes;
        this.owed = owed;
        this.partners = partners;
        this.alarms = alarms;
        this.clock = clock;
        this.fetchedKept = fetchedKept;
    }

    /** One round over all partners; what fails for one is told and tried again in the next. */
    @Override
    protected synchronized void round() {
        for (TradingPartner partner : partners.get()) {
            try {
                DropBox box = boxes.of(partner.id());
                tidy(box.outbox());
                if (partner.channels().outbound().filter(Channels.SFTP::equals).isPresent()) {
                    putBack(partner.id(), box.outbox());
                }
                tell(partner.id(), box.inbox());
            } catch (IOException | RuntimeException e) {
                LOG.error("{}: its drop-box could not be looked after: {}", partner.id(), e.toString());
            }
        }
    }

    private void tidy(Outbox outbox) throws IOException {
        Instant until = clock.instant().minus(fetchedKept);
        for (Outbox.Waiting waiting : outbox.all()) {
            Delivery delivery = owed.find(waiting.delivery()).orElse(null);
            if (delivery == null || delivery.open()) {
                continue;
            }
            if (delivery instanceof Delivery.Abandoned || !delivery.at().isAfter(until)) {
                outbox.remove(waiting);
            }
        }
    }

    private void putBack(PartyId partner, Outbox outbox) throws IOException {
        Set<EntryId> there = new HashSet<>();
        outbox.all().forEach(waiting -> there.add(waiting.delivery()));
        for (Delivery delivery : owed.unconfirmed(partner)) {
            EntryId id = delivery.owed().id();
            if (!there.contains(id)) {
                RemotePath where = outbox.put(id, delivery.owed().kind(), Payload.of(owed.payload(id)));
                LOG.info("{}: {} lies in its drop-box again, it is not confirmed", partner, where);
            }
        }
    }

    private void tell(PartyId partner, Inbox inbox) throws IOException {
        Instant now = clock.instant();
        String cause = "sftp-unfinished:" + partner;
        List<Listed> unfinished = inbox.restingSince(now.minus(UNFINISHED_MAX));
        if (unfinished.isEmpty()) {
            if (!well.contains(partner)) {
                alarms.close(cause, now);
                well.add(partner);
            }
            return;
        }
        well.remove(partner);
        Listed oldest = unfinished.get(0);
        alarms.open(
                cause,
                "%d uploads of %s are not finished since an hour, the oldest is /inbox/%s (%d bytes since %s). Nothing of them is received: ask %s to upload again, to rename what waits, or to remove it."
                        .formatted(
                                unfinished.size(), partner, oldest.name(), oldest.bytes(), oldest.changedAt(), partner),
                now);
    }

    @Override
    public int getPhase() {
        return SftpServer.PHASE;
    }
}
