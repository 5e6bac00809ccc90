package io.lonja.edi;

import io.lonja.alarm.Alarms;
import io.lonja.edi.AcknowledgmentRead.Result;
import io.lonja.edi.ReceivedAdvice.About;
import io.lonja.edi.ReceivedAdvice.Reason;
import io.lonja.edi.ReceivedAdvice.Reference;
import io.lonja.edi.SentInterchanges.Row;
import io.lonja.edi.SentInterchanges.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings together what partners say of documents by 824 and APERAK with those that we sent them. It stands beside what a
 * functional acknowledgment says, and settles none that is awaited.
 */
final class AdvisedDocuments {

    private static final int TOLD_MAX = 5;

    private final SentInterchanges sent;
    private final Alarms alarms;

    AdvisedDocuments(SentInterchanges sent, Alarms alarms) {
        this.sent = sent;
        this.alarms = alarms;
    }

    /** What is said of one of ours by one advice, all parts of it together. */
    private record Opinion(Row row, Result result, boolean item, List<Reason> reasons) {

        Opinion and(Opinion other) {
            return new Opinion(
                    row,
                    result.compareTo(other.result) >= 0 ? result : other.result,
                    item && other.item,
                    Stream.concat(reasons.stream(), other.reasons.stream()).toList());
        }

        /** That it came says less than any verdict, and what is said of an item mends nothing that is said of the document. */
        boolean lessThan(Said before) {
            return result == Result.RECEIVED || item && result.compareTo(before.verdict()) < 0;
        }
    }

    /** What one part of an advice is about. */
    private sealed interface Found {

        record Ours(Row row) implements Found {}

        /** @param why behind "but": {@code nothing of that number was sent to it} */
        record Nothing(String why) implements Found {}
    }

    void said(AcknowledgmentRead read, ReceivedAdvice advice, Instant at) {
        Map<String, Opinion> opinions = new LinkedHashMap<>();
        List<String> strange = new ArrayList<>();
        for (About about : advice.about()) {
            Found found = find(read, about);
            if (found instanceof Found.Ours ours) {
                opinions.merge(
                        ours.row().cause(),
                        new Opinion(ours.row(), about.result(), about.item(), about.reasons()),
                        Opinion::and);
            } else if (found instanceof Found.Nothing nothing) {
                strange.add("%s is %s, but %s%s"
                        .formatted(
                                about.title(),
                                about.result().wireName(),
                                nothing.why(),
                                about.reasons().isEmpty() ? "" : ": " + reasons(about.reasons())));
            }
        }
        opinions.values().forEach(opinion -> judged(opinion, read, advice, at));
        if (!strange.isEmpty()) {
            unmatched(read, advice, strange, at);
        }
    }

    private Found find(AcknowledgmentRead read, About about) {
        if (read.standard() == Standard.EDIFACT) {
            return message(read, about);
        }
        return about.group().isEmpty() ? only(documents(read, about), about) : inGroup(read, about);
    }

    /** GS06 is the interchange's number in what we send; which document of several is said by ST02 or by its number. */
    private Found inGroup(AcknowledgmentRead read, About about) {
        Long number = AcknowledgedEffect.number(Standard.X12, about.group());
        List<Row> rows = number == null
                ? List.of()
                : SentInterchanges.ofOne(
                        sent.numbered(read.partner(), Standard.X12, read.lane(), number),
                        each -> mayBeMeant(each, about));
        if (rows.isEmpty()) {
            return new Found.Nothing("nothing of that group was sent to it");
        }
        List<Row> meant = rows.size() == 1 && about.set().isEmpty()
                ? rows
                : rows.stream()
                        .filter(each -> about.set().isEmpty()
                                ? holds(each, about)
                                : each.set().equals(about.set()))
                        .toList();
        if (meant.size() != 1) {
            return new Found.Nothing(
                    about.set().isEmpty()
                            ? "it does not say which of %d documents in that group it means".formatted(rows.size())
                            : "our %s has no transaction set %s"
                                    .formatted(rows.get(0).title(), about.set()));
        }
        Row row = meant.get(0);
        return about.documents().stream().anyMatch(reference -> contradicts(row, reference))
                ? new Found.Nothing("that group is our " + row.title())
                : new Found.Ours(row);
    }

    /** By UNH 0062 and the document's number. What we did not send under that 0062 was named by another number of theirs. */
    private Found message(AcknowledgmentRead read, About about) {
        List<Row> documents = documents(read, about);
        List<Row> messages = sent.referred(read.partner(), read.lane(), about.set());
        if (messages.isEmpty() || about.documents().isEmpty()) {
            return only(messages.isEmpty() ? documents : messages, about);
        }
        List<Row> both =
                documents.stream().filter(row -> row.set().equals(about.set())).toList();
        if (!both.isEmpty()) {
            return only(both, about);
        }
        List<Row> unnumbered =
                messages.stream().filter(row -> row.document() == null).toList();
        return documents.isEmpty() && !unnumbered.isEmpty()
                ? only(unnumbered, about)
                : new Found.Nothing("that message is our " + titles(messages));
    }

    private List<Row> documents(AcknowledgmentRead read, About about) {
        return about.documents().stream()
                .flatMap(reference -> sent.holding(read.partner(), read.standard(), reference.number()).stream()
                        .filter(row -> reference.isOf(row.kind()) && mayBeMeant(row, about)))
                .distinct()
                .toList();
    }

    /** The last delivery, where all are of the same document. */
    private static Found only(List<Row> rows, About about) {
        if (rows.isEmpty()) {
            return new Found.Nothing(
                    about.documents().isEmpty() && about.set().isEmpty()
                            ? "it names none by a number that we give"
                            : "nothing of that number was sent to it");
        }
        boolean same = rows.stream().allMatch(row -> sameDocument(row, rows.get(0)));
        return same ? new Found.Ours(rows.get(0)) : new Found.Nothing("that may be our " + titles(rows));
    }

    private static boolean sameDocument(Row one, Row other) {
        return one.sameAs(other)
                || one.document() != null
                        && one.kind().equals(other.kind())
                        && one.document().equals(other.document());
    }

    private static boolean mayBeMeant(Row row, About about) {
        return !AcknowledgedEffect.ACKNOWLEDGMENTS.contains(row.kind())
                && !AdviceWriter.advises(row.kind())
                && (about.type().isEmpty() || about.type().equals(row.kind()));
    }

    private static boolean holds(Row row, About about) {
        SentDocument document = row.document();
        return document != null
                && about.documents().stream()
                        .anyMatch(reference ->
                                reference.isOf(row.kind()) && reference.number().equals(document.number()));
    }

    private static boolean contradicts(Row row, Reference reference) {
        SentDocument document = row.document();
        return document != null
                && reference.isOf(row.kind())
                && !reference.number().equals(document.number());
    }

    private static String titles(List<Row> rows) {
        return rows.stream().limit(TOLD_MAX).map(Row::title).collect(Collectors.joining(" or our "));
    }

    private void judged(Opinion opinion, AcknowledgmentRead read, ReceivedAdvice advice, Instant at) {
        Row row = opinion.row();
        String told = reasons(opinion.reasons());
        String reasons = told.isEmpty() ? null : told;
        Said before = row.advised();
        boolean repeated =
                before != null && before.verdict() == opinion.result() && Objects.equals(before.reasons(), reasons);
        if (before != null && (repeated || opinion.lessThan(before))) {
            return;
        }
        sent.advised(row, new Said(opinion.result(), at, advice.as(), read.receipt(), reasons));
        if (opinion.result() == Result.RECEIVED) {
            return;
        }
        (opinion.item() ? List.of(row) : deliveries(row)).forEach(each -> {
            alarms.close(refused(each), at);
            alarms.close(changed(each), at);
        });
        switch (opinion.result()) {
            case REJECTED, PARTLY_ACCEPTED ->
                alarms.open(
                        refused(row),
                        "%s %s our %s, by the %s in receipt %d: %s. The hub does not send it again by itself: settle with %s what it refuses, and mend the guide, the profile or the data that this names; the alarm ends when %s accepts the document, as it is or corrected under the same number."
                                .formatted(
                                        row.partner(),
                                        opinion.result() == Result.REJECTED ? "refuses" : "accepts only a part of",
                                        row.title(),
                                        advice.title(),
                                        read.receipt(),
                                        sentence(told),
                                        row.partner(),
                                        row.partner()),
                        at);
            case ACCEPTED_WITH_CHANGES ->
                alarms.open(
                        changed(row),
                        "%s accepts our %s with changes of its own, by the %s in receipt %d: %s. Here it stands as it was sent: agree with %s what holds; the alarm ends when %s accepts the document as it is, or mute it."
                                .formatted(
                                        row.partner(),
                                        row.title(),
                                        advice.title(),
                                        read.receipt(),
                                        sentence(told),
                                        row.partner(),
                                        row.partner()),
                        at);
            default -> {} // Accepted: the alarms are closed.
        }
    }

    /** This one, and those before it that held the same document: what is said of a corrected one settles them. */
    private List<Row> deliveries(Row row) {
        SentDocument document = row.document();
        return document == null
                ? List.of(row)
                : sent.holding(row.partner(), row.standard(), document.number()).stream()
                        .filter(each -> each.entry() <= row.entry() && sameDocument(each, row))
                        .toList();
    }

    private void unmatched(AcknowledgmentRead read, ReceivedAdvice advice, List<String> strange, Instant at) {
        String more = strange.size() > TOLD_MAX ? "; and %d more".formatted(strange.size() - TOLD_MAX) : "";
        String told = strange.stream().limit(TOLD_MAX).collect(Collectors.joining("; ")) + more;
        alarms.open(
                "advice-unmatched:%d:%d:%d"
                        .formatted(
                                read.receipt(),
                                read.interchange(),
                                read.advices().indexOf(advice)),
                "%s sent the %s in receipt %d, which fits nothing that was sent to it: %s. This changes nothing. Ask %s which document it means: it may answer another system of ours, or copy a number wrongly; then mute the alarm."
                        .formatted(read.partner(), advice.title(), read.receipt(), sentence(told), read.partner()),
                at);
    }

    private static String sentence(String told) {
        return told.isEmpty() ? "it gives no reason" : told.endsWith(".") ? told.substring(0, told.length() - 1) : told;
    }

    private static String reasons(List<Reason> reasons) {
        String told = reasons.stream().limit(TOLD_MAX).map(Reason::sentence).collect(Collectors.joining("; "));
        int more = reasons.size() - TOLD_MAX;
        return more > 0 ? "%s; and %d more".formatted(told, more) : told;
    }

    private static String refused(Row row) {
        return "sent-document-refused:" + row.cause();
    }

    private static String changed(Row row) {
        return "sent-document-changed:" + row.cause();
    }
}
