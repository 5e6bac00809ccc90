package io.lonja.edi;

import io.lonja.alarm.Alarms;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import java.util.Locale;
import java.util.stream.Stream;

/** Remembers what was read and which control numbers were given, for the next reading to decide by. */
final class InterchangeEffect implements Effect {

    private final InterchangeIndex index;
    private final MissingInterchanges missing;
    private final Alarms alarms;

    InterchangeEffect(InterchangeIndex index, MissingInterchanges missing, Alarms alarms) {
        this.index = index;
        this.missing = missing;
        this.alarms = alarms;
    }

    @Override
    public Lane lane() {
        return Lane.RECEIPTS;
    }

    @Override
    public int step() {
        return 20;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(InterchangeRead.TYPE)
                || type.equals(SentAcknowledgment.TYPE)
                || type.equals(ControlNumbers.SENT);
    }

    @Override
    public boolean readsPayload(EntryType type) {
        return type.equals(InterchangeRead.TYPE);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        if (entry.type().equals(InterchangeRead.TYPE)) {
            read(entry, CanonicalJson.read(payload, InterchangeRead.class));
        } else if (entry.type().equals(ControlNumbers.SENT)) {
            ControlNumbers.given(entry, index);
        } else {
            SentAcknowledgment sent = SentAcknowledgment.of(entry);
            index.numberGiven(sent.lane(), sent.controlNumber());
        }
    }

    /** As it was before advices were matched with what was sent: a person finds which document it means. */
    private void advised(
            Entry entry, InterchangeRead read, InterchangeRead.Decided interchange, InterchangeRead.Judged set) {
        alarms.open(
                String.format(
                        Locale.ROOT,
                        "application-advice:%d:%d:%d",
                        read.receipt(),
                        interchange.ordinal(),
                        set.ordinal()),
                "%s sent an %s (%s of interchange %s) in receipt %d: it says what became of a document that we sent. Read it there, settle with %s what it refuses, and mute the alarm."
                        .formatted(
                                read.partner(),
                                set.type(),
                                set.controlNumber(),
                                interchange.controlNumber(),
                                read.receipt(),
                                read.partner()),
                entry.arrivedAt());
    }

    /** Whose XML is refused gets no acknowledgment that says so: a person has to. */
    private void untold(InterchangeRead read, Entry entry) {
        Stream<InterchangeRead.Fault> refusing = read.interchanges().stream()
                .filter(interchange -> interchange.standard() == Standard.UBL
                        && interchange.decision() == InterchangeRead.Decision.REFUSED)
                .flatMap(interchange -> interchange.transactionSets().stream())
                .flatMap(set -> set.faults().stream());
        Stream.concat(read.faults().stream().filter(fault -> fault.code().startsWith("xml-")), refusing)
                .findFirst()
                .ifPresent(fault -> alarms.open(
                        String.format(Locale.ROOT, "xml-refused:%d", read.receipt()),
                        "%s sent XML in receipt %d that is refused, and no acknowledgment tells so: %s Tell %s, and mute the alarm."
                                .formatted(read.partner(), read.receipt(), fault.message(), read.partner()),
                        entry.arrivedAt()));
    }

    private void read(Entry entry, InterchangeRead read) {
        long fact = entry.id().sequence();
        index.read(read.receipt(), fact);
        missing.came(read, entry.arrivedAt());
        untold(read, entry);
        for (InterchangeRead.Decided interchange : read.interchanges()) {
            index.identified(fact, read.receipt(), interchange);
            if (interchange.decision() == InterchangeRead.Decision.NEW && !read.advicesRead()) {
                interchange.transactionSets().stream()
                        .filter(set -> set.accepted() && AdviceWriter.advises(set.type()))
                        .forEach(set -> advised(entry, read, interchange, set));
            }
            if (interchange.decision() == InterchangeRead.Decision.CONFLICT) {
                alarms.open(
                        String.format(Locale.ROOT, "interchange-conflict:%d:%d", read.receipt(), interchange.ordinal()),
                        "%s sent interchange %s from %s in receipt %d, but receipt %d has other content under that control number; the second one is held. Ask %s which one counts, and to send it under a new control number."
                                .formatted(
                                        read.partner(),
                                        interchange.controlNumber(),
                                        interchange.sender(),
                                        read.receipt(),
                                        interchange.first(),
                                        read.partner()),
                        entry.arrivedAt());
            }
        }
    }
}
