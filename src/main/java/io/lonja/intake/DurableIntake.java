package io.lonja.intake;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.Payload;
import io.lonja.archive.Sha256;
import io.lonja.party.PartyId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door over the archive: append, remember, answer, in that order. */
final class DurableIntake implements Intake {

    private static final Logger LOG = LoggerFactory.getLogger(DurableIntake.class);
    private static final int MESSAGE_ID_CHARACTERS_MAX = 255;
    private static final int LABEL_CHARACTERS_MAX = 255;
    private static final int REFUSALS_KEPT_PER_DAY_MAX = 1_000;

    private final Archive archive;
    private final Appliers appliers;
    private final Receipts receipts;
    private final ReceiptOutcomes outcomes;
    private final Clock clock;
    private final ContentLimit contentLimit;
    private final SenderLocks locks = new SenderLocks();

    DurableIntake(
            Archive archive,
            Appliers appliers,
            Receipts receipts,
            ReceiptOutcomes outcomes,
            Clock clock,
            ContentLimit contentLimit) {
        this.archive = archive;
        this.appliers = appliers;
        this.receipts = receipts;
        this.outcomes = outcomes;
        this.clock = clock;
        this.contentLimit = contentLimit;
    }

    @Override
    public IntakeResult accept(Transmission transmission) {
        Payload content = transmission.content();
        String messageId = transmission.messageId();
        if (content.length() == 0) {
            return new IntakeResult.Refused(
                    IntakeResult.Reason.EMPTY, "The request has no content; send the interchange as its body.");
        }
        if (content.length() > contentLimit.bytes()) {
            return new IntakeResult.Refused(IntakeResult.Reason.TOO_LARGE, contentLimit.sentence());
        }
        if (messageId != null && messageId.length() > MESSAGE_ID_CHARACTERS_MAX) {
            return new IntakeResult.Refused(
                    IntakeResult.Reason.MESSAGE_ID_TOO_LONG,
                    "The message id has %d characters and the limit is %d; send it again under a shorter one."
                            .formatted(messageId.length(), MESSAGE_ID_CHARACTERS_MAX));
        }
        Sha256 digest = content.digest();
        String sameContent = "%s content %s".formatted(transmission.from(), digest);
        return locks.holding(
                sameContent,
                messageId == null ? sameContent : "%s id %s".formatted(transmission.from(), messageId),
                () -> {
                    // What was archived just before a failure of the database must be known before the next decision.
                    appliers.catchUp(Effect.Lane.RECEIPTS);
                    return earlier(transmission, digest).orElseGet(() -> received(transmission));
                });
    }

    @Override
    public Receipt receipt(EntryId id) {
        return receipts.find(id).orElseThrow(() -> new IllegalArgumentException("There is no receipt " + id));
    }

    @Override
    public void turnedAway(TurnedAway attempt) {
        PartyId claimed = attempt.claimed();
        String counted = ReceiptEffect.countedAs(attempt.channel(), claimed != null);
        if (receipts.refusalsSince(counted, clock.instant().minus(Duration.ofDays(1))) >= REFUSALS_KEPT_PER_DAY_MAX) {
            return;
        }
        LOG.warn(
                "{} by {}: turned away, {}",
                claimed == null ? "a stranger" : claimed,
                attempt.channel(),
                attempt.because());
        Map<String, String> attributes = new TreeMap<>(attempt.headers());
        attributes.put(Receipt.CHANNEL, attempt.channel());
        attributes.put(Receipt.REFUSED_DIGEST, attempt.digest().hex());
        attributes.put(Receipt.BECAUSE, shortened(attempt.because()));
        if (claimed != null) {
            attributes.put(Receipt.PARTNER, claimed.value());
        }
        Entry entry = archive.append(Draft.of(Receipt.TURNED_AWAY, attributes, new byte[0]));
        appliers.catchUp(Effect.Lane.RECEIPTS, entry.id());
    }

    private Optional<IntakeResult> earlier(Transmission transmission, Sha256 digest) {
        String messageId = transmission.messageId();
        if (messageId == null) {
            // Bytes that came to nothing by a fault of ours are read again when it is mended; those after them count.
            return receipts.lastByContent(transmission.from(), digest)
                    .filter(last -> !outcomes.mayCountNow(last.id()))
                    .map(last -> receipts.firstByContent(transmission.from(), digest)
                            .filter(first -> !outcomes.mayCountNow(first.id()))
                            .orElse(last))
                    .map(first -> new IntakeResult.AlreadyReceived(first, false));
        }
        return receipts.byMessageId(transmission.from(), messageId).map(first -> {
            if (first.digest().equals(digest)) {
                return new IntakeResult.AlreadyReceived(first, true);
            }
            keepRefusal(transmission, digest, first);
            return new IntakeResult.MessageIdReused(first);
        });
    }

    private IntakeResult received(Transmission transmission) {
        Map<String, String> attributes = labels(transmission);
        if (transmission.contentType() != null) {
            attributes.put(Receipt.CONTENT_TYPE, shortened(transmission.contentType()));
        }
        if (transmission.fileName() != null) {
            attributes.put(Receipt.FILE_NAME, shortened(transmission.fileName()));
        }
        List<Draft> together = new ArrayList<>(transmission.wrapping());
        together.add(Draft.of(Receipt.RECEIVED, attributes, transmission.content()));
        together.addAll(transmission.answer());
        Entry entry = archive.append(together).get(transmission.wrapping().size());
        appliers.catchUp(Effect.Lane.RECEIPTS, entry.id());
        Receipt receipt = receipts.of(entry);
        LOG.info(
                "{}: receipt {}, {} bytes by {}",
                transmission.from(),
                receipt.id(),
                transmission.content().length(),
                transmission.channel());
        return new IntakeResult.Received(receipt);
    }

    /** Header and digest only, and not more a day than a person would read. */
    private void keepRefusal(Transmission transmission, Sha256 digest, Receipt first) {
        PartyId from = transmission.from();
        LOG.warn("{}: message id of receipt {} came again with other content, refused", from, first.id());
        if (receipts.refusalsSince(from.value(), clock.instant().minus(Duration.ofDays(1)))
                >= REFUSALS_KEPT_PER_DAY_MAX) {
            return;
        }
        Map<String, String> attributes = labels(transmission);
        attributes.put(Receipt.REFUSED_DIGEST, digest.hex());
        attributes.put(Entry.ABOUT, first.id().toString());
        Entry entry = archive.append(Draft.of(Receipt.REFUSED, attributes, new byte[0]));
        appliers.catchUp(Effect.Lane.RECEIPTS, entry.id());
    }

    private static Map<String, String> labels(Transmission transmission) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put(Receipt.PARTNER, transmission.from().value());
        attributes.put(Receipt.CHANNEL, transmission.channel());
        if (transmission.messageId() != null) {
            attributes.put(Receipt.MESSAGE_ID, transmission.messageId());
        }
        return attributes;
    }

    private static String shortened(String label) {
        return label.length() <= LABEL_CHARACTERS_MAX ? label : label.substring(0, LABEL_CHARACTERS_MAX);
    }
}
