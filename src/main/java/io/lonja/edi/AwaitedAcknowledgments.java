package io.lonja.edi;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What partners owe us for the interchanges that we sent: a 997, a 999, a TA1 or a CONTRL. And what they tell us beside
 * that of the documents in them, by an 824 or an APERAK.
 */
public final class AwaitedAcknowledgments {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitedAcknowledgments.class);
    private static final int LATE_MAX = 100;

    private final Archive archive;
    private final Appliers appliers;
    private final SentInterchanges sent;
    private final Clock clock;

    AwaitedAcknowledgments(Archive archive, Appliers appliers, SentInterchanges sent, Clock clock) {
        this.archive = archive;
        this.appliers = appliers;
        this.sent = sent;
        this.clock = clock;
    }

    /** Of these interchanges, by their evidence; those are left out of which nothing is expected and nothing was said. */
    public Map<EntryId, AcknowledgmentState> of(Collection<EntryId> interchanges) {
        return byInterchange(AcknowledgmentState.of(
                sent.of(interchanges.stream().map(EntryId::sequence).toList())));
    }

    /**
     * Of the document with this number in an interchange that may hold others; empty where nothing is expected and nothing was
     * said of it.
     */
    public Optional<AcknowledgmentState> of(EntryId interchange, String documentNumber) {
        List<SentInterchanges.Row> rows = sent.of(List.of(interchange.sequence()));
        List<SentInterchanges.Row> own = rows.stream()
                .filter(row -> row.document() != null && row.document().number().equals(documentNumber))
                .toList();
        return AcknowledgmentState.of(own.isEmpty() ? rows : own).stream().findFirst();
    }

    private static Map<EntryId, AcknowledgmentState> byInterchange(List<AcknowledgmentState> states) {
        return states.stream().collect(Collectors.toMap(AcknowledgmentState::interchange, Function.identity()));
    }

    /**
     * What is expected or came for documents that we sent, after this sequence (0 for the beginning), oldest first.
     *
     * @param partner only of this one; null for all
     * @param status {@code expected}, {@code overdue} or {@code received}; null for all
     */
    public List<AcknowledgmentState> list(@Nullable String partner, @Nullable String status, long after, int limit) {
        return AcknowledgmentState.of(sent.awaited(partner, status, after, limit));
    }

    /** What an 824 or APERAK last said of the documents in these interchanges, by their evidence; others are left out. */
    public Map<EntryId, AcknowledgmentState> advised(Collection<EntryId> interchanges) {
        return byInterchange(AcknowledgmentState.ofAdvice(
                sent.of(interchanges.stream().map(EntryId::sequence).toList())));
    }

    /**
     * What an 824 or APERAK last said of documents that we sent, after this sequence (0 for the beginning), oldest first.
     *
     * @param partner only of this one; null for all
     */
    public List<AcknowledgmentState> listAdvised(@Nullable String partner, long after, int limit) {
        return AcknowledgmentState.ofAdvice(sent.advised(partner, after, limit));
    }

    /**
     * Makes a fact of every deadline that passed, at most {@value #LATE_MAX} at a time.
     *
     * @param abandoned whether nobody brings this interchange to its partner any more, by its evidence
     */
    public void lookAtTheClock(Predicate<EntryId> abandoned) {
        for (long late : sent.late(clock.instant(), LATE_MAX)) {
            EntryId interchange = new EntryId(late);
            AcknowledgmentDeadline passed = new AcknowledgmentDeadline(late, abandoned.test(interchange));
            Entry entry = archive.append(Draft.of(AcknowledgmentDeadline.TYPE, Map.of(), CanonicalJson.of(passed)));
            appliers.catchUp(Effect.Lane.RECEIPTS, entry.id());
            LOG.info("Interchange {} was not acknowledged in time", interchange);
        }
    }
}
