package io.lonja.force.day;

import static io.lonja.force.day.Hour.AFTERNOON;
import static io.lonja.force.day.Hour.DUSK;
import static io.lonja.force.day.Hour.EVENING;
import static io.lonja.force.day.Hour.FORENOON;
import static io.lonja.force.day.Hour.MORNING;
import static io.lonja.force.day.Hour.NIGHT;
import static io.lonja.force.day.Hour.NOON;
import static io.lonja.force.day.Story.ending;
import static java.math.BigDecimal.ZERO;

import io.lonja.force.day.Sheet.Entry;
import java.math.BigDecimal;
import java.util.List;

/** How buyers change what they ordered, and what their suppliers say to that. */
final class Changes {

    private Changes() {}

    /** More than was ordered, which the supplier can send. */
    static void toMore(Story story) {
        BigDecimal now = story.picked.quantity().add(story.less);
        story.orders(MORNING);
        story.answers(FORENOON, line -> story.entry(line, line.quantity()));
        String change = story.changes(NOON, now);
        story.answersChange(
                story.either(AFTERNOON, EVENING), change, Paper.ACCEPTED, List.of(story.entry(story.picked, now)));
        story.sends(DUSK, story.but(now));
        story.invoices(NIGHT, story.but(now));
        story.ends(now, Story.whole(now));
    }

    /** More than was ordered, of which the supplier has only some. */
    static void toMoreThanThereIs(Story story) {
        BigDecimal now = story.picked.quantity().add(story.less).add(story.less);
        BigDecimal some = story.picked.quantity().add(story.less);
        story.orders(MORNING);
        story.answers(FORENOON, line -> story.entry(line, line.quantity()));
        String change = story.changes(NOON, now);
        story.answersChange(
                story.either(AFTERNOON, EVENING), change, Paper.CHANGED, List.of(story.entry(story.picked, some)));
        story.sends(DUSK, story.but(some));
        story.invoices(NIGHT, story.but(some));
        story.ends(now, ending("short", some, ZERO, some, some));
    }

    static void toLess(Story story) {
        story.orders(MORNING);
        story.answers(FORENOON, line -> story.entry(line, line.quantity()));
        String change = story.changes(NOON, story.more);
        story.answersChange(story.either(AFTERNOON, EVENING), change, Paper.ACCEPTED, List.of());
        story.sends(DUSK, story.but(story.more));
        story.invoices(NIGHT, story.but(story.more));
        story.ends(story.more, Story.whole(story.more));
    }

    /** Before the supplier has answered the order: its answer is to what is ordered by then, and it answers no change. */
    static void beforeTheAnswer(Story story) {
        story.orders(MORNING);
        story.changes(FORENOON, story.more);
        story.accepts(NOON, story.but(story.more));
        story.sends(EVENING, story.but(story.more));
        story.invoices(DUSK, story.but(story.more));
        story.ends(story.more, Story.whole(story.more));
    }

    /** At another price from now on; the supplier has nothing to say to it and invoices that. */
    static void inPrice(Story story) {
        BigDecimal price = story.picked.good().price().add(Scenario.TOO_MUCH);
        Entry now = story.entry(story.picked, story.picked.quantity()).at(price);
        story.orders(MORNING);
        story.answers(FORENOON, line -> story.entry(line, line.quantity()));
        story.changes(NOON, List.of(now));
        story.sends(EVENING, story::all);
        story.invoicesEntries(
                DUSK,
                story.order.lines.stream()
                        .map(line -> line.equals(story.picked) ? now : story.entry(line, line.quantity()))
                        .map(entry -> entry.as(""))
                        .toList(),
                List.of(),
                false);
        story.ends(Story::whole);
    }

    static void withoutALine(Story story) {
        boolean others = story.order.lines.size() > 1;
        story.orders(MORNING);
        story.answers(FORENOON, line -> story.entry(line, line.quantity()));
        String change =
                story.changes(NOON, List.of(story.entry(story.picked, ZERO).as(Paper.DELETED)));
        story.answersChange(story.either(AFTERNOON, EVENING), change, Paper.ACCEPTED, List.of());
        if (others) {
            story.sends(DUSK, story.but(ZERO));
            story.invoices(NIGHT, story.but(ZERO));
        }
        story.ends(ZERO, ending("cancelled", ZERO, ZERO, ZERO, ZERO));
    }

    static void withOneMoreLine(Story story) {
        story.orders(MORNING);
        story.answers(FORENOON, line -> story.entry(line, line.quantity()));
        Entry added = story.adds();
        String change = story.changes(NOON, List.of(added));
        story.answersChange(story.either(AFTERNOON, EVENING), change, Paper.ACCEPTED, List.of(added.as("")));
        story.sends(DUSK, story::all);
        story.invoices(NIGHT, story::all);
        story.ends(Story::whole);
    }

    static void toNothing(Story story) {
        story.orders(MORNING);
        story.answers(FORENOON, line -> story.entry(line, line.quantity()));
        String change = story.cancels(NOON);
        story.answersChange(story.either(AFTERNOON, EVENING), change, Paper.ACCEPTED, List.of());
        story.order.lines.forEach(line -> story.order.leaves(line, ZERO));
        story.ends(line -> ending("cancelled", ZERO, ZERO, ZERO, ZERO));
    }

    static void rejected(Story story) {
        story.orders(MORNING);
        story.answers(FORENOON, line -> story.entry(line, line.quantity()));
        String change = story.changes(NOON, story.picked.quantity().add(story.less));
        story.answersChange(story.either(AFTERNOON, EVENING), change, Paper.REJECTED, List.of());
        story.sends(DUSK, story::all);
        story.invoices(NIGHT, story::all);
        story.ends(Story::whole);
    }

    /** More of each line is wanted, and only the picked one can be. */
    static void rejectedInPart(Story story) {
        BigDecimal now = story.picked.quantity().add(story.less);
        story.orders(MORNING);
        story.answers(FORENOON, line -> story.entry(line, line.quantity()));
        String change = story.changes(
                NOON,
                story.order.lines.stream()
                        .map(line -> story.entry(line, line.quantity().add(story.less)))
                        .toList());
        story.answersChange(
                story.either(AFTERNOON, EVENING),
                change,
                story.order.lines.size() > 1 ? Paper.CHANGED : Paper.ACCEPTED,
                story.order.lines.stream()
                        .map(line -> story.entry(line, story.only(now).apply(line)))
                        .toList());
        story.sends(DUSK, story.but(now));
        story.invoices(NIGHT, story.but(now));
        story.ends(now, Story.whole(now));
    }

    /** What is sent and invoiced cannot be taken back: the invoice is a case until the supplier has rejected that. */
    static void tooLate(Story story) {
        story.orders(MORNING);
        story.answeredAndSent();
        String invoice = story.invoices(AFTERNOON, story::all);
        String change = story.changes(EVENING, story.more);
        story.answersChange(DUSK, change, Paper.REJECTED, List.of());
        story.plants("quantity-over-ordered", invoice, story.more, story.picked.quantity(), story.less, EVENING, DUSK);
        story.ends(Story::whole);
    }
}
