package io.lonja.edi;

import io.lonja.alarm.Alarms;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.edi.AcknowledgmentRead.Reason;
import io.lonja.edi.AcknowledgmentRead.Result;
import io.lonja.edi.AcknowledgmentRead.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Remembers what we sent, and brings together with it what partners say of it. */
final class AcknowledgedEffect implements Effect {

    private static final Set<EntryType> TYPES =
            Set.of(ControlNumbers.SENT, SentAcknowledgment.TYPE, AcknowledgmentRead.TYPE, AcknowledgmentDeadline.TYPE);
    static final Set<String> ACKNOWLEDGMENTS = Set.of("997", "999", "TA1", "CONTRL");
    private static final int REASONS_TOLD_MAX = 5;

    private final SentInterchanges sent;
    private final Alarms alarms;
    private final AdvisedDocuments advised;

    AcknowledgedEffect(SentInterchanges sent, Alarms alarms) {
        this.sent = sent;
        this.alarms = alarms;
        this.advised = new AdvisedDocuments(sent, alarms);
    }

    @Override
    public Lane lane() {
        return Lane.RECEIPTS;
    }

    @Override
    public int step() {
        return 21;
    }

    @Override
    public boolean concerns(EntryType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean readsPayload(EntryType type) {
        return type.kind() == EntryType.Kind.FACT;
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        if (entry.type().equals(AcknowledgmentRead.TYPE)) {
            AcknowledgmentRead read = CanonicalJson.read(payload, AcknowledgmentRead.class);
            read.unreadable().forEach(sentence -> unreadable(read, sentence, entry.arrivedAt()));
            read.statements().forEach(statement -> said(read, statement, entry.arrivedAt()));
            read.advices().forEach(advice -> advised.said(read, advice, entry.arrivedAt()));
        } else if (entry.type().equals(AcknowledgmentDeadline.TYPE)) {
            passed(CanonicalJson.read(payload, AcknowledgmentDeadline.class), entry.arrivedAt());
        } else {
            remember(entry);
        }
    }

    private void remember(Entry entry) {
        String partner = attribute(entry, Entry.DELIVER_TO);
        String kind = attribute(entry, Entry.DELIVER_AS);
        boolean x12 = kind.equals("TA1") || Wire.digits(kind, 3, 3);
        boolean xml = ControlNumbers.isXml(kind);
        Standard standard = x12 ? Standard.X12 : xml ? Standard.UBL : Standard.EDIFACT;
        String within = entry.attributes().get(ControlNumbers.ACKNOWLEDGED_WITHIN);
        for (ControlNumbers.SentSet set : ControlNumbers.sets(entry, standard)) {
            sent.sent(new SentInterchanges.Row(
                    entry.id().sequence(),
                    partner,
                    standard,
                    attribute(entry, ControlNumbers.LANE),
                    Long.parseLong(attribute(entry, ControlNumbers.CONTROL_NUMBER)),
                    set.number(),
                    kind,
                    set.document(),
                    within == null ? null : entry.arrivedAt().plus(Duration.parse(within)),
                    false,
                    null,
                    null));
        }
    }

    private static String attribute(Entry entry, String name) {
        String value = entry.attributes().get(name);
        if (value == null) {
            throw new IllegalStateException("Interchange %s has no attribute %s".formatted(entry.id(), name));
        }
        return value;
    }

    private void said(AcknowledgmentRead read, Statement statement, Instant at) {
        List<SentInterchanges.Row> rows = find(read, statement);
        if (rows.isEmpty()) {
            unmatched(read, statement, "nothing of that number was sent to it", at);
            return;
        }
        Optional<AcknowledgmentRead.Named> stranger = statement.sets().stream()
                .filter(named -> rows.stream()
                        .noneMatch(row -> named.controlNumber().equals(row.set())
                                && named.type().equals(row.kind())))
                .findFirst();
        if (stranger.isPresent()) {
            String named =
                    "%s %s".formatted(stranger.get().type(), stranger.get().controlNumber());
            unmatched(read, statement, "our %s has no transaction set %s".formatted(title(rows), named), at);
            return;
        }
        boolean alone = rows.size() == 1;
        for (SentInterchanges.Row row : rows) {
            Result result = statement.of(row.set(), alone);
            if (news(row, statement, result)) {
                judged(row, read, alone ? statement : statement.about(row.set()), result, at);
            }
        }
        boolean settled = sent.of(List.of(rows.get(0).entry())).stream().allMatch(row -> row.dueAt() == null);
        if (settled) {
            alarms.close(overdue(rows.get(0).entry()), at);
        }
    }

    /** {@code 850 PO-7, interchange 12 (delivery 57)}, with how many more documents it has. */
    private static String title(List<SentInterchanges.Row> rows) {
        int more = rows.size() - 1;
        return rows.get(0).title() + (more == 0 ? "" : " with %d more".formatted(more));
    }

    /**
     * The transaction sets of the interchange that is meant. GS06 and UNB 0020 are the same number in what we send: one group,
     * or none, in an interchange.
     */
    private List<SentInterchanges.Row> find(AcknowledgmentRead read, Statement statement) {
        Long number = number(read.standard(), statement.controlNumber());
        return number == null
                ? List.of()
                : SentInterchanges.ofOne(
                        sent.numbered(read.partner(), read.standard(), read.lane(), number),
                        row -> mayBeMeant(row.kind(), statement));
    }

    /** Null for what cannot be a number of ours. */
    static @Nullable Long number(Standard standard, String written) {
        if (!Wire.digits(written, 1, 9)) {
            return null;
        }
        long number = Long.parseLong(written);
        return standard == Standard.X12 || written.equals(Long.toString(number)) ? number : null;
    }

    private static boolean mayBeMeant(String kind, Statement statement) {
        return switch (statement.as()) {
            case "TA1" -> !kind.equals("TA1");
            case "997", "999" ->
                !ACKNOWLEDGMENTS.contains(kind)
                        && X12Versions.GROUP_OF
                                .getOrDefault(kind, statement.group())
                                .equals(statement.group());
            default -> !ACKNOWLEDGMENTS.contains(kind);
        };
    }

    /** What was said before is no news; that it came, or came again, says less than a verdict. */
    private static boolean news(SentInterchanges.Row row, Statement statement, Result result) {
        Result before = row.acknowledged() == null ? null : row.acknowledged().verdict();
        boolean less = result == Result.RECEIVED || statement.repeat();
        return before != result && (before == null || !less);
    }

    private void judged(
            SentInterchanges.Row row, AcknowledgmentRead read, Statement statement, Result result, Instant at) {
        String reasons = reasons(statement);
        sent.acknowledged(
                row,
                new SentInterchanges.Said(
                        result, at, statement.as(), read.receipt(), reasons.isEmpty() ? null : reasons));
        if (result == Result.RECEIVED) {
            return;
        }
        sent.notAwaited(row);
        alarms.close(rejected(row), at);
        if (result == Result.REJECTED || result == Result.PARTLY_ACCEPTED) {
            alarms.open(
                    rejected(row),
                    "%s %s our %s, by the %s in receipt %d: %s. The hub does not send it again by itself: mend the guide, the profile or the data that this names, and agree with %s how it gets the document."
                            .formatted(
                                    row.partner(),
                                    result == Result.REJECTED ? "rejected" : "accepted only a part of",
                                    row.title(),
                                    statement.as(),
                                    read.receipt(),
                                    reasons.isEmpty() ? "it gives no reason" : reasons,
                                    row.partner()),
                    at);
        }
    }

    private static String reasons(Statement statement) {
        String told = statement.reasons().stream()
                .limit(REASONS_TOLD_MAX)
                .map(Reason::sentence)
                .collect(Collectors.joining("; "));
        int more = statement.reasons().size() - REASONS_TOLD_MAX;
        return more > 0 ? "%s; and %d more".formatted(told, more) : told;
    }

    private void passed(AcknowledgmentDeadline deadline, Instant at) {
        List<SentInterchanges.Row> rows = sent.of(List.of(deadline.interchange())).stream()
                .filter(row -> row.dueAt() != null && !row.dueAt().isAfter(at) && !row.overdue())
                .toList();
        if (rows.isEmpty()) {
            return; // It came while the clock was looked at, or this was said before.
        }
        if (deadline.abandoned()) {
            rows.forEach(sent::notAwaited);
            return;
        }
        SentInterchanges.Row row = rows.get(0);
        sent.overdue(row.entry());
        alarms.open(
                overdue(row.entry()),
                "%s has not acknowledged our %s, which was to be done by %s. See whether the delivery arrived, and ask %s for its %s; the alarm ends when that comes."
                        .formatted(
                                row.partner(),
                                title(rows),
                                row.dueAt(),
                                row.partner(),
                                row.standard() == Standard.X12 ? "997 or 999" : "CONTRL"),
                at);
    }

    private void unmatched(AcknowledgmentRead read, Statement statement, String why, Instant at) {
        alarms.open(
                "acknowledgment-unmatched:%s:%s".formatted(read.partner(), statement.title()),
                "%s sent a %s (%s) in receipt %d, but %s; it changes nothing. Ask %s what it means: it may answer another system of ours, or copy a number wrongly."
                        .formatted(
                                read.partner(),
                                statement.title(),
                                statement.result().wireName(),
                                read.receipt(),
                                why,
                                read.partner()),
                at);
    }

    private void unreadable(AcknowledgmentRead read, String sentence, Instant at) {
        alarms.open(
                "acknowledgment-unreadable:%d:%d".formatted(read.receipt(), read.interchange()),
                "%s sent an acknowledgment in receipt %d that cannot be used: %s What it was to say is not known; ask %s to mend it and to send it again."
                        .formatted(
                                read.partner(),
                                read.receipt(),
                                sentence.endsWith(".") ? sentence : sentence + ".",
                                read.partner()),
                at);
    }

    private static String overdue(long entry) {
        return "acknowledgment-overdue:" + entry;
    }

    private static String rejected(SentInterchanges.Row row) {
        return "acknowledgment-rejected:" + row.cause();
    }
}
