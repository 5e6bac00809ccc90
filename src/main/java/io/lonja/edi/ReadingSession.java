package io.lonja.edi;

import io.lonja.archive.ByteRange;
import io.lonja.archive.Draft;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides about the interchanges of one payload, one after the other: what the first of them settles counts for the
 * second already.
 */
final class ReadingSession {

    private final InterchangeIndex index;
    private final HeldDocuments heldDocuments;
    private final ReadingAgreements.Terms terms;
    private final String partner;
    private final long receipt;
    private final Instant arrivedAt;
    private final LongFunction<Instant> arrival;
    private final byte[] payload;
    private final Map<String, InterchangeIndex.Counted> counted = new HashMap<>();
    private final Map<String, Long> lastNumbers = new HashMap<>();
    private int ordinal;

    /**
     * @param arrivedAt when the receipt came
     * @param arrival when an earlier one did, by its sequence
     */
    ReadingSession(
            InterchangeIndex index,
            HeldDocuments heldDocuments,
            ReadingAgreements.Terms terms,
            String partner,
            long receipt,
            Instant arrivedAt,
            LongFunction<Instant> arrival,
            byte[] payload) {
        this.index = index;
        this.heldDocuments = heldDocuments;
        this.terms = terms;
        this.partner = partner;
        this.receipt = receipt;
        this.arrivedAt = arrivedAt;
        this.arrival = arrival;
        this.payload = payload;
    }

    /** What was found, judged by what is agreed with its sender besides the guides. */
    Interchange asAgreed(Interchange found) {
        return WholeInterchange.of(underAgreedName(found), terms.whole());
    }

    /**
     * Nobody speaks in another's name. XML has no envelope, so its sender is whoever's channel it came by; an envelope under a name that the partner does not bear is refused. */
    private Interchange underAgreedName(Interchange found) {
        if (found.envelope().standard() == Standard.UBL) {
            return found.sentBy(new WireParty("", partner));
        }
        WireParty sender = found.envelope().sender();
        if (terms.names(found.envelope().standard()).contains(sender) || found.refused()) {
            return found;
        }
        String name = sender.toString();
        SyntaxError foreign = new SyntaxError(
                0,
                found.envelope().standard().header(),
                found.envelope().standard() == Standard.X12 ? 6 : 2,
                0,
                ErrorCode.SENDER_NOT_AGREED,
                Wire.shortened(name),
                Expectation.rule(Phrase.NAME_NOT_IN_PROFILE.say(partner)),
                new ByteRange(found.bytes().from(), found.bytes().from()));
        List<SyntaxError> errors = new ArrayList<>(found.errors());
        errors.add(foreign);
        return new Interchange(
                found.envelope(), found.delimiters(), found.groups(), found.acknowledgments(), errors, found.bytes());
    }

    InterchangeRead.Decided decide(Interchange interchange) {
        Envelope envelope = interchange.envelope();
        String digest = Sha256.of(Arrays.copyOfRange(
                        payload,
                        Math.toIntExact(interchange.bytes().from()),
                        Math.toIntExact(interchange.bytes().to())))
                .hex();
        List<InterchangeRead.Judged> sets = judged(interchange);
        String identity = InterchangeIndex.identity(envelope, digest);
        Optional<InterchangeIndex.Counted> first =
                Optional.ofNullable(counted.get(identity)).or(() -> countedBefore(envelope, identity, digest));
        InterchangeRead.Decision decision = decision(interchange, sets, digest, first);
        if (decision == InterchangeRead.Decision.NEW) {
            counted.put(identity, new InterchangeIndex.Counted(receipt, digest));
        }
        boolean again = decision == InterchangeRead.Decision.DUPLICATE || decision == InterchangeRead.Decision.CONFLICT;
        return new InterchangeRead.Decided(
                ordinal++,
                envelope.standard(),
                envelope.sender(),
                envelope.receiver(),
                envelope.controlNumber(),
                envelope.version(),
                envelope.test(),
                decision,
                digest,
                again ? first.map(InterchangeIndex.Counted::receipt).orElse(null) : null,
                interchange.bytes(),
                interchange.errors().stream().map(InterchangeRead.Fault::of).toList(),
                sets);
    }

    /**
     * The same content does not stand in its own way when nothing of it took effect and now it may; should both take
     * effect after all, the register of documents finds each of them there already.
     */
    private Optional<InterchangeIndex.Counted> countedBefore(Envelope envelope, String identity, String digest) {
        return index.counted(identity, digest)
                .filter(first -> first.digest().equals(digest) || numberTaken(first))
                .filter(first -> !first.digest().equals(digest)
                        || !heldDocuments.mayCountNow(new EntryId(first.receipt()), envelope.controlNumber()));
    }

    /** Counters begin again; the same bytes are the same interchange whenever they come. */
    private boolean numberTaken(InterchangeIndex.Counted first) {
        Duration takenFor = terms.numberTakenFor();
        return takenFor == null || arrival.apply(first.receipt()).plus(takenFor).isAfter(arrivedAt);
    }

    /**
     * In X12 a TA1 where the envelope asks for one, is refused or came before, and a 997 or 999 for the groups of what is
     * new. In EDIFACT one CONTRL: for what is refused in any case, otherwise where UNB or an agreement asks for it. What only
     * acknowledges is not acknowledged, nor is XML, which has no acknowledgment; a TA1 says that an envelope around 997s cannot be used, but none answers a TA1.
     */
    List<Draft> acknowledge(
            Interchange interchange, InterchangeRead.Decided decided, AcknowledgmentWriter writer, Instant at) {
        if (interchange.acknowledgesOnly()
                && (!interchange.refused()
                        || interchange.groups().isEmpty()
                        || interchange.envelope().standard() == Standard.EDIFACT)) {
            return List.of();
        }
        if (interchange.envelope().standard() == Standard.EDIFACT) {
            return contrl(interchange, decided, writer, at);
        }
        if (interchange.envelope().standard() == Standard.UBL) {
            return List.of();
        }
        List<Draft> drafts = new ArrayList<>();
        String note = noteCode(interchange, decided);
        if (note != null) {
            SentAcknowledgment sent = acknowledgment(interchange, decided, "TA1", note);
            drafts.add(sent.draft(writer.interchange(interchange, note, sent.controlNumber(), at)));
        }
        boolean envelopeStands = !interchange.refused() && decided.first() == null;
        if (envelopeStands) {
            Interchange answered = withoutSilentGroups(interchange);
            SentAcknowledgment sent = acknowledgment(interchange, decided, answeredBy(answered), "");
            writer.functional(answered, terms.functionalAcknowledgment(), sent.controlNumber(), at)
                    .ifPresentOrElse(
                            bytes -> drafts.add(sent.draft(bytes)),
                            () -> lastNumbers.put(sent.lane(), sent.controlNumber() - 1));
        }
        return drafts;
    }

    /** What the first group that is answered is answered by, which names the answer to all. */
    private String answeredBy(Interchange interchange) {
        return interchange.groups().stream()
                .filter(group -> !group.acknowledgment())
                .map(group ->
                        AnswerForm.of(group, terms.functionalAcknowledgment()).set())
                .findFirst()
                .orElse(FunctionalAcknowledgment.BY_997.set());
    }

    private List<Draft> contrl(
            Interchange interchange, InterchangeRead.Decided decided, AcknowledgmentWriter writer, Instant at) {
        boolean came = !interchange.refused() && decided.first() != null;
        if (came && !terms.answersDuplicates()) {
            return List.of();
        }
        if (interchange.refused() || came) {
            String note = came ? interchange.duplicateCode() : interchange.noteCode();
            SentAcknowledgment sent = acknowledgment(interchange, decided, "CONTRL", note);
            return List.of(sent.draft(writer.interchange(interchange, note, sent.controlNumber(), at)));
        }
        if (!contrlWanted(interchange)) {
            return List.of();
        }
        SentAcknowledgment sent = acknowledgment(interchange, decided, "CONTRL", "");
        return writer
                .functional(interchange, terms.functionalAcknowledgment(), sent.controlNumber(), at)
                .map(sent::draft)
                .stream()
                .toList();
    }

    /** What is refused is always told; of the rest an agreement to be silent outweighs the request in UNB. */
    private boolean contrlWanted(Interchange interchange) {
        List<TransactionSet> sets = interchange.groups().stream()
                .flatMap(group -> group.transactionSets().stream())
                .toList();
        boolean anyRefused = interchange.groups().stream().anyMatch(FunctionalGroup::refused)
                || sets.stream().anyMatch(set -> set.verdict() instanceof Verdict.Refused);
        boolean allSilent = !sets.isEmpty() && sets.stream().allMatch(set -> under(set, terms.silent()));
        boolean agreed = sets.stream().anyMatch(set -> under(set, terms.answered()));
        return anyRefused || !allSilent && (agreed || interchange.envelope().acknowledgmentRequested());
    }

    private static boolean under(TransactionSet set, Set<GuideId> guides) {
        GuideId guide = set.guide();
        return guide != null && guides.contains(guide);
    }

    private static InterchangeRead.Decision decision(
            Interchange interchange,
            List<InterchangeRead.Judged> sets,
            String digest,
            Optional<InterchangeIndex.Counted> first) {
        if (interchange.refused()) {
            return InterchangeRead.Decision.REFUSED;
        }
        if (first.isPresent()) {
            return first.get().digest().equals(digest)
                    ? InterchangeRead.Decision.DUPLICATE
                    : InterchangeRead.Decision.CONFLICT;
        }
        boolean nothingCounts =
                !interchange.acknowledgesOnly() && sets.stream().noneMatch(InterchangeRead.Judged::accepted);
        return nothingCounts ? InterchangeRead.Decision.REFUSED : InterchangeRead.Decision.NEW;
    }

    private static List<InterchangeRead.Judged> judged(Interchange interchange) {
        List<InterchangeRead.Judged> sets = new ArrayList<>();
        for (FunctionalGroup group : interchange.groups()) {
            for (TransactionSet set : group.transactionSets()) {
                sets.add(new InterchangeRead.Judged(
                        sets.size(),
                        set.type(),
                        set.controlNumber(),
                        group.controlNumber(),
                        set.guide() == null ? null : set.guide().value(),
                        result(set.verdict()),
                        set.verdict().errors().stream()
                                .map(InterchangeRead.Fault::of)
                                .toList(),
                        set.bytes()));
            }
        }
        return sets;
    }

    private static InterchangeRead.Result result(Verdict verdict) {
        if (verdict instanceof Verdict.Accepted) {
            return InterchangeRead.Result.ACCEPTED;
        }
        return verdict instanceof Verdict.AcceptedWithErrors
                ? InterchangeRead.Result.ACCEPTED_WITH_ERRORS
                : InterchangeRead.Result.REFUSED;
    }

    private @Nullable String noteCode(Interchange interchange, InterchangeRead.Decided decided) {
        if (interchange.refused()) {
            return interchange.noteCode();
        }
        if (decided.first() != null) {
            return terms.answersDuplicates() ? interchange.duplicateCode() : null;
        }
        boolean wanted = interchange.envelope().acknowledgmentRequested() || terms.acknowledgesEnvelopes();
        return wanted ? interchange.noteCode() : null;
    }

    private SentAcknowledgment acknowledgment(
            Interchange interchange, InterchangeRead.Decided decided, String as, String noteCode) {
        String lane = InterchangeIndex.lane(partner, interchange.envelope());
        // Taken before sending: a gap in the numbers is lawful, a repeat is not.
        long number = lastNumbers.computeIfAbsent(lane, index::lastNumber) % ControlNumbers.MAX + 1;
        lastNumbers.put(lane, number);
        return new SentAcknowledgment(partner, as, receipt, decided.ordinal(), lane, number, noteCode);
    }

    private Interchange withoutSilentGroups(Interchange interchange) {
        List<FunctionalGroup> answered = interchange.groups().stream()
                .filter(group -> group.transactionSets().isEmpty()
                        || !group.transactionSets().stream().allMatch(set -> under(set, terms.silent())))
                .toList();
        return new Interchange(
                interchange.envelope(),
                interchange.delimiters(),
                answered,
                interchange.acknowledgments(),
                interchange.errors(),
                interchange.bytes());
    }
}
