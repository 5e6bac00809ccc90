package io.lonja.mapping;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentRegister;
import io.lonja.document.DocumentType;
import io.lonja.document.MappedInterchange;
import io.lonja.document.MappedInterchange.Outcome;
import io.lonja.document.MappingProblem;
import io.lonja.document.RegisteredDocument;
import io.lonja.document.RegisteredDocument.State;
import io.lonja.edi.ApplicationAdvice;
import io.lonja.edi.ApplicationAdvices;
import io.lonja.edi.FunctionalGroup;
import io.lonja.edi.GuideId;
import io.lonja.edi.Interchange;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.InterchangeRead;
import io.lonja.edi.InterchangeReader;
import io.lonja.edi.Reading;
import io.lonja.edi.TransactionSet;
import io.lonja.partner.Agreement;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps what was read: of every new interchange each accepted transaction set becomes a business document, or says why
 * it cannot. The outcome is archived as one {@link MappedInterchange}.
 */
public final class Mapper {

    private static final Logger LOG = LoggerFactory.getLogger(Mapper.class);
    private static final int LOCKS = 64;
    private static final Set<String> ACKNOWLEDGMENTS = Set.of("997", "999", "CONTRL", "824", "APERAK");

    private final Archive archive;
    private final Appliers appliers;
    private final InterchangeReader reader;
    private final InterchangeParser parser;
    private final Mapping mapping;
    private final TradingPartners partners;
    private final PartyFinder parties;
    private final MappedReceipts receipts;
    private final ApplicationAdvices advices;
    private final DocumentRegister documents;
    private final List<Object> locks =
            IntStream.range(0, LOCKS).mapToObj(each -> new Object()).toList();

    Mapper(
            Archive archive,
            Appliers appliers,
            InterchangeReader reader,
            InterchangeParser parser,
            Mapping mapping,
            TradingPartners partners,
            PartyFinder parties,
            MappedReceipts receipts,
            ApplicationAdvices advices,
            DocumentRegister documents) {
        this.archive = archive;
        this.appliers = appliers;
        this.reader = reader;
        this.parser = parser;
        this.mapping = mapping;
        this.partners = partners;
        this.parties = parties;
        this.receipts = receipts;
        this.advices = advices;
        this.documents = documents;
    }

    /**
     * Maps the receipt once; when it was mapped before, nothing is archived.
     *
     * @return the fact that says what it means, durable and known to the receipts lane
     * @throws IllegalStateException when the receipt was not read yet, or its guide has no mapping
     */
    public EntryId map(EntryId receipt) {
        synchronized (locks.get((int) (receipt.sequence() % LOCKS))) {
            // While the lane stands, what it does not know yet may be archived already: wait for it, archive nothing.
            appliers.catchUp(Effect.Lane.RECEIPTS);
            Optional<EntryId> earlier = receipts.fact(receipt);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            return archived(receipt, Map.of(), each -> true);
        }
    }

    /**
     * Maps what is held of the receipt once more, for this command; what took effect or was refused is left alone. Those that
     * may count now do so by the fact, once: the register lets nothing take effect that is not held.
     *
     * @return the fact that says what the held ones mean now
     * @throws IllegalStateException when they cannot be read by the guides of now
     */
    EntryId mapAgain(EntryId receipt, EntryId command) {
        synchronized (locks.get((int) (receipt.sequence() % LOCKS))) {
            appliers.catchUp(Effect.Lane.RECEIPTS);
            appliers.catchUp(Effect.Lane.BOOKS);
            Set<Integer> held = documents.of(receipt).stream()
                    .filter(document -> document.state() == State.HELD)
                    .map(RegisteredDocument::ordinal)
                    .collect(Collectors.toSet());
            return archived(receipt, Map.of(MappedInterchange.REPLAY, command.toString()), held::contains);
        }
    }

    private EntryId archived(EntryId receipt, Map<String, String> because, IntPredicate concerned) {
        InterchangeRead read = reader.outcome(receipt)
                .orElseThrow(() -> new IllegalStateException("Receipt %s was not read yet".formatted(receipt)));
        List<ApplicationAdvice> told = new ArrayList<>();
        MappedInterchange mapped =
                new MappedInterchange(receipt, Mapping.ENGINE, outcomes(receipt, read, concerned, told));
        Map<String, String> attributes = new TreeMap<>(because);
        attributes.put("partner", read.partner());
        attributes.put(Entry.ABOUT, receipt.toString());
        return advices.append(
                Draft.of(MappedInterchange.MAPPED, attributes, CanonicalJson.of(mapped)),
                read.partner(),
                receipt,
                told);
    }

    /**
     * @param concerned by their ordinals
     * @param told what the sender is told of those that are refused
     */
    private List<Outcome> outcomes(
            EntryId receipt, InterchangeRead read, IntPredicate concerned, List<ApplicationAdvice> told) {
        List<Outcome> outcomes = new ArrayList<>();
        if (!read.somethingAccepted()) {
            return outcomes;
        }
        // By the guides that read it, whatever was agreed since.
        Reading reading = parser.agreed(read.manner()).parse(archive.payload(receipt));
        PartyId sender = new PartyId(read.partner());
        Refusals refusals = new Refusals(partners.find(sender).orElse(null), advices, told);
        int ordinal = 0;
        for (InterchangeRead.Decided decided : read.interchanges()) {
            Interchange interchange = reading.interchanges().get(decided.ordinal());
            List<TransactionSet> sets = sets(interchange);
            Integer together = together(sender, decided) ? decided.ordinal() : null;
            List<Outcome> brought = new ArrayList<>();
            for (InterchangeRead.Judged judged : decided.transactionSets()) {
                int place = ordinal++;
                boolean counts = decided.decision() == InterchangeRead.Decision.NEW && judged.accepted();
                String guide = judged.guide();
                if (counts && concerned.test(place) && guide != null && !isAcknowledgment(judged)) {
                    TransactionSet set = sets.get(judged.ordinal());
                    brought.add(outcome(place, sender, decided, new GuideId(guide), set, together));
                }
            }
            for (Outcome outcome : together == null ? brought : heldTogether(brought)) {
                Outcome settled = refusals.refuse(outcome, interchange, decided);
                log(settled);
                outcomes.add(settled);
            }
        }
        return outcomes;
    }

    /** The strictest of the agreements that its documents are under counts. */
    private boolean together(PartyId sender, InterchangeRead.Decided decided) {
        return partners.find(sender)
                .filter(partner -> decided.transactionSets().stream()
                        .flatMap(set -> Optional.ofNullable(set.guide()).flatMap(partner::inbound).stream())
                        .anyMatch(Agreement::kept))
                .isPresent();
    }

    /** Where one is held all are; a test takes no effect anyway. */
    private static List<Outcome> heldTogether(List<Outcome> brought) {
        if (brought.stream().allMatch(outcome -> outcome.problems().isEmpty())) {
            return brought;
        }
        return brought.stream()
                .map(outcome -> outcome.problems().isEmpty() ? outcome.heldTogether() : outcome)
                .toList();
    }

    private Outcome outcome(
            int ordinal,
            PartyId sender,
            InterchangeRead.Decided decided,
            GuideId guide,
            TransactionSet set,
            @Nullable Integer together) {
        if (!guide.equals(set.guide())) {
            throw new IllegalStateException(
                    "Transaction set %s of interchange %s was read by guide %s, which is not here any more"
                            .formatted(set.controlNumber(), decided.controlNumber(), guide));
        }
        DocumentType type = mapping.documentType(guide)
                .orElseThrow(() -> new IllegalStateException(
                        "The guide %s has no mapping; add its .smooks.xml and names.properties".formatted(guide)));
        Optional<TradingPartner> partner = partners.find(sender);
        Mapped mapped = mapping.map(set, MappingContext.of(partner.orElse(null)));
        List<MappingProblem> problems = new ArrayList<>(mapped.problems());
        if (partner.flatMap(known -> known.inbound(guide.value())).isEmpty()) {
            problems.add(PartyFinder.problem(
                    set,
                    "agreement-missing",
                    "%s sends a %s under the guide %s, which is not agreed; add an inbound agreement to the partner's profile and have it sent again."
                            .formatted(sender, type.wireName(), guide)));
        }
        BusinessDocument content = mapped.content();
        PartyFinder.Found found = content == null
                ? new PartyFinder.Found(null, null, List.of())
                : parties.find(content, sender, decided, set);
        problems.addAll(found.problems());
        return new Outcome(
                ordinal,
                decided.controlNumber(),
                set.controlNumber(),
                guide.value(),
                mapping.guideDigest(guide),
                mapping.mappingDigest(guide),
                decided.test(),
                sender,
                found.buyer(),
                found.seller(),
                set.bytes(),
                mapped.type(),
                content,
                List.copyOf(problems),
                together,
                false,
                mapped.codes());
    }

    private static void log(Outcome outcome) {
        BusinessDocument content = outcome.content();
        String title = content == null ? outcome.type().wireName() : content.title();
        if (outcome.problems().isEmpty()) {
            LOG.info("{} {}: {} mapped", outcome.sender(), outcome.interchange(), title);
        } else {
            LOG.warn(
                    "{} {}: {} is {} ({} problems, the first is {})",
                    outcome.sender(),
                    outcome.interchange(),
                    title,
                    outcome.refused() ? "refused" : "held",
                    outcome.problems().size(),
                    outcome.problems().get(0).code());
        }
    }

    /** An acknowledgment or advice says nothing about trade; who sent what it is about is told elsewhere. */
    private static boolean isAcknowledgment(InterchangeRead.Judged judged) {
        return ACKNOWLEDGMENTS.contains(judged.type());
    }

    private static List<TransactionSet> sets(Interchange interchange) {
        return interchange.groups().stream()
                .map(FunctionalGroup::transactionSets)
                .flatMap(List::stream)
                .toList();
    }
}
