package io.lonja.edi;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what was received, judges it, decides whether it counts and acknowledges it. Verdict and acknowledgment become
 * durable together: nobody is told what the archive does not hold.
 */
public final class InterchangeReader {

    private static final Logger LOG = LoggerFactory.getLogger(InterchangeReader.class);
    /** The evidence that a receipt stands for. */
    private static final EntryType RECEIVED = EntryType.evidence("interchange-received");
    /** The payload, its segments and what was found in them: more than that would take the memory of everybody else. */
    static final int MEMORY_TIMES = 3;
    /** Its attribute: who transmitted it. */
    private static final String PARTNER = "partner";

    private final Archive archive;
    private final Appliers appliers;
    private final InterchangeParser parser;
    private final AcknowledgmentWriter writer;
    private final ReadingAgreements agreements;
    private final InterchangeIndex index;
    private final HeldDocuments heldDocuments;
    private final ControlNumbers numbers;
    private final Clock clock;
    private final long payloadBytesMax;

    /** @param payloadBytesMax what the memory of this process can read */
    InterchangeReader(
            Archive archive,
            Appliers appliers,
            InterchangeParser parser,
            AcknowledgmentWriter writer,
            ReadingAgreements agreements,
            InterchangeIndex index,
            HeldDocuments heldDocuments,
            ControlNumbers numbers,
            Clock clock,
            long payloadBytesMax) {
        this.archive = archive;
        this.appliers = appliers;
        this.parser = parser;
        this.writer = writer;
        this.agreements = agreements;
        this.index = index;
        this.heldDocuments = heldDocuments;
        this.numbers = numbers;
        this.clock = clock;
        this.payloadBytesMax = payloadBytesMax;
    }

    /**
     * Reads the receipt's payload and archives the outcome: one {@link InterchangeRead}, what each interchange says of
     * those that we sent, and an acknowledgment for each that gets one. A receipt that was read before is not read again.
     *
     * @throws IllegalArgumentException when the entry is not what a partner sent
     */
    public Answered read(EntryId receipt) {
        Entry entry = archive.entry(receipt);
        String partner = entry.attributes().get(PARTNER);
        if (partner == null || !entry.type().equals(RECEIVED)) {
            throw new IllegalArgumentException("Entry %s (%s) is not something that a partner sent"
                    .formatted(receipt, entry.type().name()));
        }
        if (index.isRead(receipt.sequence())) {
            return new Answered(receipt, List.of());
        }
        if (entry.payloadLength() > payloadBytesMax) {
            throw new IllegalStateException(
                    "Receipt %s of %s has %,d bytes, and reading it takes %d times that in memory; it is kept and is read when the hub is started with -Xmx%dm or more"
                            .formatted(
                                    receipt,
                                    partner,
                                    entry.payloadLength(),
                                    MEMORY_TIMES,
                                    (entry.payloadLength() * MEMORY_TIMES >> 20) + 1));
        }
        byte[] payload = archive.payload(receipt);
        Reading reading = parser.agreed(agreements.with(partner).manner()).parse(payload);
        return numbers.oneAtATime(partner, () -> {
            appliers.catchUp(Effect.Lane.RECEIPTS);
            if (index.isRead(receipt.sequence())) {
                return new Answered(receipt, List.of());
            }
            List<Entry> appended = archive.append(drafts(partner, receipt, payload, reading));
            appliers.catchUp(
                    Effect.Lane.RECEIPTS, appended.get(appended.size() - 1).id());
            return new Answered(
                    receipt,
                    appended.stream()
                            .filter(answer -> answer.type().equals(SentAcknowledgment.TYPE))
                            .map(Entry::id)
                            .toList());
        });
    }

    /** What was found and decided when the receipt was read; empty when it was not read yet. */
    public Optional<InterchangeRead> outcome(EntryId receipt) {
        return index.fact(receipt.sequence())
                .map(fact -> CanonicalJson.read(archive.payload(fact), InterchangeRead.class));
    }

    /**
     * @param receipt that was read
     * @param owed the acknowledgments that are owed since, in the order of the interchanges
     */
    public record Answered(EntryId receipt, List<EntryId> owed) {}

    private List<Draft> drafts(String partner, EntryId receipt, byte[] payload, Reading reading) {
        ReadingAgreements.Terms terms = agreements.with(partner);
        ReadingSession session = new ReadingSession(
                index,
                heldDocuments,
                terms,
                partner,
                receipt.sequence(),
                archive.entry(receipt).arrivedAt(),
                earlier -> archive.entry(new EntryId(earlier)).arrivedAt(),
                payload);
        List<InterchangeRead.Decided> decided = new ArrayList<>();
        List<Draft> said = new ArrayList<>();
        boolean advices = false;
        List<Draft> acknowledgments = new ArrayList<>();
        for (Interchange found : reading.interchanges()) {
            Interchange interchange = session.asAgreed(found);
            InterchangeRead.Decided decision = session.decide(interchange);
            decided.add(decision);
            Optional<AcknowledgmentRead> ofOurs =
                    ReceivedAcknowledgments.in(interchange, partner, receipt.sequence(), decision);
            ofOurs.map(AcknowledgmentRead::draft).ifPresent(said::add);
            advices |= ofOurs.filter(AcknowledgmentRead::advises).isPresent();
            acknowledgments.addAll(session.acknowledge(interchange, decision, writer, clock.instant()));
            log(partner, receipt, decision);
        }
        if (reading.interchanges().isEmpty()) {
            LOG.warn("{}: receipt {} is not EDI that can be read, nobody to acknowledge it to", partner, receipt);
        }
        InterchangeRead read = new InterchangeRead(
                receipt.sequence(),
                partner,
                decided,
                reading.errors().stream().map(InterchangeRead.Fault::of).toList(),
                terms.sequential(),
                terms.x12().equals(StandardCharsets.UTF_8) ? null : terms.x12().name(),
                advices);
        List<Draft> drafts = new ArrayList<>();
        drafts.add(Draft.of(
                InterchangeRead.TYPE,
                Map.of(PARTNER, partner, Entry.ABOUT, receipt.toString()),
                CanonicalJson.of(read)));
        drafts.addAll(said);
        drafts.addAll(acknowledgments);
        return drafts;
    }

    private static void log(String partner, EntryId receipt, InterchangeRead.Decided decision) {
        long refused = decision.transactionSets().stream()
                .filter(set -> !set.accepted())
                .count();
        LOG.info(
                "{}: interchange {} of receipt {} is {}, {} transaction sets, {} of them refused",
                partner,
                decision.controlNumber(),
                receipt,
                decision.decision().wireName(),
                decision.transactionSets().size(),
                refused);
    }
}
