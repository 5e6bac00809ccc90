package io.lonja.consortium;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Makes deadlines entries of the archive: one when the clock passes it, and one that closes the group order when every
 * receipt before the first has an outcome. What a hub missed while it was down is appended when this runs again.
 */
public final class GroupOrderDeadlines {

    private static final String GROUP_ORDER = "group-order";

    private final GroupOrders groupOrders;
    private final Consortia consortia;
    private final Archive archive;
    private final Appliers appliers;
    private final Alarms alarms;
    private final Clock clock;

    GroupOrderDeadlines(
            GroupOrders groupOrders,
            Consortia consortia,
            Archive archive,
            Appliers appliers,
            Alarms alarms,
            Clock clock) {
        this.groupOrders = groupOrders;
        this.consortia = consortia;
        this.archive = archive;
        this.appliers = appliers;
        this.alarms = alarms;
        this.clock = clock;
    }

    /**
     * Appends what is due now. Only one thread at a time.
     *
     * @param unread the oldest receipt through this sequence that has no outcome yet
     * @throws IllegalStateException when the books stand; nothing is lost, the next run goes on
     */
    public void run(LongFunction<Optional<EntryId>> unread) {
        for (GroupOrder due : groupOrders.due(clock.instant())) {
            append(Draft.of(
                    ConsortiumDecisions.DEADLINE,
                    Map.of(GROUP_ORDER, due.id().toString()),
                    CanonicalJson.of(new ConsortiumDecisions.Deadline(due.id()))));
        }
        for (GroupOrder closing : groupOrders.closing()) {
            EntryId deadline = Objects.requireNonNull(closing.deadlineEntry());
            if (unread.apply(deadline.sequence()).isEmpty()) {
                close(closing, deadline);
            }
        }
    }

    /** Nothing that came before the deadline can change any more, so what it comes to now is final. */
    private void close(GroupOrder closing, EntryId deadline) {
        appliers.catchUp(Effect.Lane.BOOKS);
        Closing plan = new Closing(
                closing,
                consortia.find(closing.consortium()).orElseThrow(),
                consortia.agreement(closing.agreement()).orElseThrow(),
                groupOrders.demands(closing.id(), Optional.empty()));
        CommittedOrder committed;
        try {
            committed =
                    plan.committed(LocalDate.ofInstant(archive.entry(deadline).arrivedAt(), ZoneOffset.UTC));
        } catch (ArithmeticException tooMuch) {
            alarms.open(
                    "group-order-too-large:" + closing.id(),
                    "Group order %s amounts to more than an amount can be, so it cannot close; look at its pledges for one that is wrong."
                            .formatted(closing.id()),
                    clock.instant());
            return;
        }
        append(Draft.of(
                ConsortiumDecisions.CLOSED, Map.of(GROUP_ORDER, closing.id().toString()), CanonicalJson.of(committed)));
    }

    private void append(Draft draft) {
        Entry entry = archive.append(draft);
        appliers.catchUp(Effect.Lane.BOOKS, entry.id());
    }
}
