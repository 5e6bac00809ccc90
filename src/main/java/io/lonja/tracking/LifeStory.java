package io.lonja.tracking;

import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.Delivery;
import io.lonja.document.DocumentRegister;
import io.lonja.document.MappedInterchange;
import io.lonja.document.RegisteredDocument;
import io.lonja.edi.InterchangeRead;
import io.lonja.intake.Receipt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a receipt's life from the facts about it, its deliveries and its documents. */
final class LifeStory {

    private final Archive archive;
    private final Deliveries deliveries;
    private final DocumentRegister documents;

    LifeStory(Archive archive, Deliveries deliveries, DocumentRegister documents) {
        this.archive = archive;
        this.deliveries = deliveries;
        this.documents = documents;
    }

    TrackedInterchange of(Interchanges.Row row) {
        Entry receipt = archive.entry(row.receipt());
        InterchangeRead read = row.readFact() == null
                ? null
                : CanonicalJson.read(archive.payload(row.readFact()), InterchangeRead.class);
        InterchangeRead.Decided first = read == null || read.interchanges().isEmpty()
                ? null
                : read.interchanges().get(0);
        List<RegisteredDocument> registered = documents.of(row.receipt());
        List<Delivery> answers = deliveries.about(row.receipt());
        return new TrackedInterchange(
                row.receipt().toString(),
                receipt.attributes().getOrDefault(Receipt.PARTNER, ""),
                receipt.attributes().getOrDefault(Receipt.CHANNEL, ""),
                receipt.attributes().get(Receipt.MESSAGE_ID),
                first == null ? null : first.standard().name(),
                first == null ? null : first.controlNumber(),
                receipt.arrivedAt(),
                row.status(),
                duplicateOf(read),
                receipt.payloadDigest().hex(),
                read == null ? List.of() : outside(read),
                read == null ? List.of() : sets(row.receipt(), read, registered),
                answers.stream().map(LifeStory::answer).toList(),
                timeline(row, receipt, read, registered, answers));
    }

    private static @Nullable String duplicateOf(@Nullable InterchangeRead read) {
        return read == null
                ? null
                : read.interchanges().stream()
                        .filter(interchange -> interchange.decision() == InterchangeRead.Decision.DUPLICATE)
                        .map(InterchangeRead.Decided::first)
                        .filter(Objects::nonNull)
                        .map(String::valueOf)
                        .findFirst()
                        .orElse(null);
    }

    private static List<TrackedInterchange.Problem> outside(InterchangeRead read) {
        return Stream.concat(
                        read.faults().stream(),
                        read.interchanges().stream().flatMap(interchange -> interchange.faults().stream()))
                .map(LifeStory::problem)
                .toList();
    }

    private static List<TrackedInterchange.TrackedSet> sets(
            EntryId receipt, InterchangeRead read, List<RegisteredDocument> registered) {
        Map<String, RegisteredDocument> byId =
                registered.stream().collect(Collectors.toMap(RegisteredDocument::id, Function.identity()));
        List<TrackedInterchange.TrackedSet> sets = new ArrayList<>();
        for (InterchangeRead.Decided interchange : read.interchanges()) {
            boolean refused = interchange.decision() == InterchangeRead.Decision.REFUSED;
            for (InterchangeRead.Judged set : interchange.transactionSets()) {
                RegisteredDocument document = byId.get(receipt + "-" + sets.size());
                List<TrackedInterchange.Problem> problems = new ArrayList<>();
                set.faults().forEach(fault -> problems.add(problem(fault)));
                if (document != null) {
                    document.problems()
                            .forEach(held -> problems.add(new TrackedInterchange.Problem(
                                    held.segment(), held.segmentId(), 0, 0, held.code(), held.sentence())));
                }
                sets.add(new TrackedInterchange.TrackedSet(
                        set.type(),
                        set.controlNumber(),
                        (refused ? InterchangeRead.Result.REFUSED : set.verdict()).wireName(),
                        problems,
                        document == null ? null : document.id()));
            }
        }
        return sets;
    }

    private List<TrackedInterchange.Event> timeline(
            Interchanges.Row row,
            Entry receipt,
            @Nullable InterchangeRead read,
            List<RegisteredDocument> registered,
            List<Delivery> answers) {
        List<TrackedInterchange.Event> events = new ArrayList<>();
        events.add(new TrackedInterchange.Event(
                receipt.arrivedAt(),
                "received",
                "%d bytes by %s"
                        .formatted(receipt.payloadLength(), receipt.attributes().get(Receipt.CHANNEL))));
        if (row.readFact() != null && read != null) {
            var at = archive.entry(row.readFact()).arrivedAt();
            if (read.interchanges().isEmpty()) {
                events.add(new TrackedInterchange.Event(at, "read", "no interchange was found in it"));
            }
            for (InterchangeRead.Decided interchange : read.interchanges()) {
                events.add(new TrackedInterchange.Event(at, "read", decided(interchange)));
            }
        }
        answers.forEach(answer -> {
            events.add(new TrackedInterchange.Event(
                    answer.owed().since(),
                    "acknowledged",
                    "%s %s".formatted(answer.owed().kind(), answer.owed().id())));
            if (!(answer instanceof Delivery.Pending)) {
                events.add(new TrackedInterchange.Event(
                        answer.at(),
                        answer.status(),
                        "%s %s".formatted(answer.owed().kind(), answer.owed().id())));
            }
        });
        if (row.mappedFact() != null) {
            Entry mapped = archive.entry(row.mappedFact());
            events.add(new TrackedInterchange.Event(
                    mapped.arrivedAt(),
                    "mapped",
                    mapped.attributes().containsKey(MappedInterchange.REPLAY)
                            ? "what was held of it was made documents of again"
                            : "documents were made of it"));
        }
        registered.forEach(document -> events.add(new TrackedInterchange.Event(
                document.recordedAt(),
                document.state().wireName(),
                "%s %s".formatted(document.type().wireName(), document.id()))));
        events.sort(Comparator.comparing(TrackedInterchange.Event::at));
        return events;
    }

    private static String decided(InterchangeRead.Decided interchange) {
        String earlier = interchange.first() == null ? "" : " of receipt " + interchange.first();
        return "interchange %s from %s is %s%s"
                .formatted(
                        interchange.controlNumber(),
                        interchange.sender(),
                        interchange.decision().wireName(),
                        earlier);
    }

    private static TrackedInterchange.Answer answer(Delivery delivery) {
        return new TrackedInterchange.Answer(
                delivery.owed().id().toString(), delivery.owed().kind(), delivery.status(), delivery.at());
    }

    private static TrackedInterchange.Problem problem(InterchangeRead.Fault fault) {
        return new TrackedInterchange.Problem(
                fault.segment(), fault.segmentId(), fault.element(), fault.component(), fault.code(), fault.message());
    }
}
