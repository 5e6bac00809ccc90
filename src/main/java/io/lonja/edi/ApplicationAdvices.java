package io.lonja.edi;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells senders what is refused of what they sent: one 824 or APERAK for each document, owed like an acknowledgment. */
public final class ApplicationAdvices {

    private final Archive archive;
    private final Appliers appliers;
    private final ControlNumbers numbers;
    private final InterchangeIndex index;
    private final Clock clock;

    ApplicationAdvices(
            Archive archive, Appliers appliers, ControlNumbers numbers, InterchangeIndex index, Clock clock) {
        this.archive = archive;
        this.appliers = appliers;
        this.numbers = numbers;
        this.index = index;
        this.clock = clock;
    }

    /** Whether it can be written at all; what cannot be told is not refused. There is no advice about XML. */
    public boolean canTell(ApplicationAdvice advice) {
        if (advice.of().envelope().standard() == Standard.UBL) {
            return false;
        }
        try {
            AdviceWriter.write(advice, ControlNumbers.MAX, clock.instant());
            return true;
        } catch (UnwritableException e) {
            return false;
        }
    }

    /**
     * Archives a fact, and what the partner is told because of it. All of it is durable and known when this returns, or
     * nothing is.
     *
     * @param receipt that brought what is refused
     * @return the fact
     */
    public EntryId append(Draft fact, String partner, EntryId receipt, List<ApplicationAdvice> advices) {
        if (advices.isEmpty()) {
            return known(archive.append(List.of(fact)));
        }
        return numbers.oneAtATime(partner, () -> {
            appliers.catchUp(Effect.Lane.RECEIPTS);
            List<Draft> drafts = new ArrayList<>(List.of(fact));
            Map<String, Long> last = new HashMap<>();
            for (ApplicationAdvice advice : advices) {
                String lane = InterchangeIndex.lane(partner, advice.of().envelope());
                long number = last.computeIfAbsent(lane, index::lastNumber) % ControlNumbers.MAX + 1;
                last.put(lane, number);
                drafts.add(new SentAcknowledgment(
                                partner,
                                AdviceWriter.kind(advice),
                                receipt.sequence(),
                                advice.interchange(),
                                lane,
                                number,
                                "")
                        .draft(AdviceWriter.write(advice, number, clock.instant())));
            }
            return known(archive.append(drafts));
        });
    }

    private EntryId known(List<Entry> appended) {
        appliers.catchUp(Effect.Lane.RECEIPTS, appended.get(appended.size() - 1).id());
        return appended.get(0).id();
    }
}
