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

/** What buyers say of the goods that came, and what their suppliers do about it. */
final class Receipts {

    private Receipts() {}

    static void asSent(Story story) {
        String shipment = sent(story);
        story.receives(AFTERNOON, shipment, story.said(story::all));
        story.invoices(DUSK, story::all);
        story.ends(Story::whole);
    }

    /** The rest of the shipment is found later, and is a case for so long. */
    static void inTwo(Story story) {
        String shipment = sent(story);
        String first = story.receives(AFTERNOON, shipment, story.said(story.but(story.more)));
        story.receives(EVENING, shipment, story.said(story.only(story.less)));
        story.plants("receipt-differs", first, story.picked.quantity(), story.more, story.less, AFTERNOON, EVENING);
        story.invoices(DUSK, story::all);
        story.ends(Story::whole);
    }

    /** The supplier invoices what came, and sends no more. */
    static void tooLittle(Story story) {
        missing(story);
        story.invoices(DUSK, story.but(story.more));
        story.answers(NIGHT, line -> story.entry(line, story.but(story.more).apply(line)));
        story.ends(ending("short", story.more, ZERO, story.picked.quantity(), story.more));
    }

    /** The supplier invoices what it sent, and credits what did not come. */
    static void tooLittleAndCredited(Story story) {
        missing(story);
        String invoice = story.invoices(DUSK, story::all);
        story.plants("quantity-over-received", invoice, story.more, story.picked.quantity(), story.less, DUSK, NIGHT);
        credited(story, invoice);
    }

    /** The buyer keeps what is damaged, and has it credited. */
    static void damagedAndCredited(Story story) {
        String shipment = sent(story);
        String receipt = story.receives(AFTERNOON, shipment, wrong(story, story.picked.quantity(), Paper.DAMAGED));
        story.plants("receipt-contested", receipt, null, story.less, null, AFTERNOON, NIGHT);
        credited(story, story.invoices(DUSK, story::all));
    }

    /** Goods go back, others come and are kept; that some were refused an operator has to settle. */
    static void refusedAndReplaced(Story story) {
        String shipment = sent(story);
        String receipt = story.receives(AFTERNOON, shipment, wrong(story, story.picked.quantity(), Paper.REFUSED));
        story.plants("receipt-contested", receipt, null, story.less, null, AFTERNOON, null);
        String replacement = story.sends(EVENING, story.only(story.less));
        story.receives(DUSK, replacement, story.said(story.only(story.less)));
        story.invoices(NIGHT, story::all);
        BigDecimal ordered = story.picked.quantity();
        story.ends(ending("invoiced", ordered, ZERO, ordered.add(story.less), ordered));
    }

    /** The despatch advice of an order that is sent as it was ordered. */
    private static String sent(Story story) {
        story.orders(MORNING);
        story.answers(FORENOON, line -> story.entry(line, line.quantity()));
        return story.sends(NOON, story::all);
    }

    private static void missing(Story story) {
        String receipt = story.receives(AFTERNOON, sent(story), wrong(story, story.more, Paper.SHORT));
        story.plants("receipt-differs", receipt, story.picked.quantity(), story.more, story.less, AFTERNOON, null);
    }

    private static void credited(Story story, String invoice) {
        story.credits(NIGHT, invoice, List.of(story.entry(story.picked, story.less)));
        story.answers(NIGHT, line -> story.entry(line, story.but(story.more).apply(line)));
        story.ends(ending("short", story.more, ZERO, story.picked.quantity(), story.more));
    }

    /** All that was sent, but something is wrong with less than half of the picked line, of which so much came. */
    private static List<Entry> wrong(Story story, BigDecimal received, String what) {
        return story.order.lines.stream()
                .map(line -> line.equals(story.picked)
                        ? story.entry(line, received).waiting(story.less).as(what)
                        : story.entry(line, line.quantity()))
                .toList();
    }
}
