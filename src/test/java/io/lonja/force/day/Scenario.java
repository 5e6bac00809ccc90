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

import io.lonja.force.day.Order.Line;
import io.lonja.force.day.Sheet.Entry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an order can go. Another way is another case here, and whatever it says must be what the books say in the end. */
enum Scenario {
    AS_ORDERED(60) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answeredAndSent();
            story.invoices(story.either(AFTERNOON, DUSK), story::all);
            story.ends(Story::whole);
        }
    },
    /** Without a word on its lines. */
    ACCEPTED_AS_A_WHOLE(25) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answers(FORENOON, Paper.ACCEPTED);
            story.sends(NOON, story::all);
            story.invoices(DUSK, story::all);
            story.ends(Story::whole);
        }
    },
    UNANSWERED(18) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.sends(story.either(NOON, EVENING), story::all);
            story.invoices(DUSK, story::all);
            story.ends(line -> ending("invoiced", null, ZERO, line.quantity(), line.quantity()));
        }
    },
    /** No despatch advice, so nothing is held against one. */
    INVOICED_WITHOUT_DESPATCH(10) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answers(FORENOON, line -> story.entry(line, line.quantity()));
            story.invoices(story.either(AFTERNOON, DUSK), story::all);
            story.ends(line -> ending("invoiced", line.quantity(), ZERO, ZERO, line.quantity()));
        }
    },
    SHORTENED(28) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answers(
                    FORENOON, line -> story.entry(line, story.but(story.more).apply(line)));
            story.sends(NOON, story.but(story.more));
            story.invoices(story.either(AFTERNOON, DUSK), story.but(story.more));
            story.ends(ending("short", story.more, ZERO, story.more, story.more));
        }
    },
    LINE_REJECTED(14) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answers(FORENOON, line -> story.entry(line, story.but(ZERO).apply(line)));
            if (story.order.lines.size() > 1) {
                story.sends(NOON, story.but(ZERO));
                story.invoices(DUSK, story.but(ZERO));
            }
            story.ends(ending("cancelled", ZERO, ZERO, ZERO, ZERO));
        }
    },
    REJECTED_AS_A_WHOLE(10) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answers(FORENOON, Paper.REJECTED);
            story.ends(line -> ending("cancelled", ZERO, ZERO, ZERO, ZERO));
        }
    },
    BACKORDERED(28) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answers(FORENOON, line -> {
                Entry entry = story.entry(line, story.but(story.more).apply(line));
                return line.equals(story.picked) ? entry.waiting(story.less) : entry;
            });
            story.sends(NOON, story.but(story.more));
            story.invoices(AFTERNOON, story.but(story.more));
            story.sends(EVENING, story.only(story.less));
            story.invoices(DUSK, story.only(story.less));
            story.ends(ending("invoiced", story.more, story.less, story.picked.quantity(), story.picked.quantity()));
        }
    },
    /** What is on back order is given up in the evening, by a newer response. */
    BACKORDER_GIVEN_UP(8) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answers(FORENOON, line -> {
                Entry entry = story.entry(line, story.but(story.more).apply(line));
                return line.equals(story.picked) ? entry.waiting(story.less) : entry;
            });
            story.sends(NOON, story.but(story.more));
            story.invoices(AFTERNOON, story.but(story.more));
            story.answers(
                    EVENING, line -> story.entry(line, story.but(story.more).apply(line)));
            story.ends(ending("short", story.more, ZERO, story.more, story.more));
        }
    },
    SUBSTITUTED(14) {
        @Override
        void tell(Story story) {
            Good other = story.other();
            story.orders(MORNING);
            story.answers(FORENOON, line -> instead(story, line, other));
            story.sendsEntries(
                    NOON,
                    story.order.lines.stream()
                            .map(line -> instead(story, line, other))
                            .toList());
            story.invoicesEntries(
                    story.either(AFTERNOON, DUSK),
                    story.order.lines.stream()
                            .map(line -> instead(story, line, other))
                            .toList(),
                    List.of(),
                    false);
            story.ends(Story::whole);
        }

        private Entry instead(Story story, Line line, Good other) {
            Entry entry = story.entry(line, line.quantity());
            return line.equals(story.picked) ? entry.instead(other) : entry;
        }
    },
    POSTPONED(12) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answers(FORENOON, line -> {
                Entry entry = story.entry(line, line.quantity());
                return line.equals(story.picked) ? entry.on(Story.day(9)) : entry;
            });
            story.sends(EVENING, story::all);
            story.invoices(DUSK, story::all);
            story.ends(Story::whole);
        }
    },
    /** Confirmed in full, then shortened by a newer response. */
    ANSWERED_TWICE(10) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answers(FORENOON, line -> story.entry(line, line.quantity()));
            story.answers(NOON, line -> story.entry(line, story.but(story.more).apply(line)));
            story.sends(AFTERNOON, story.but(story.more));
            story.invoices(DUSK, story.but(story.more));
            story.ends(ending("short", story.more, ZERO, story.more, story.more));
        }
    },
    SENT_IN_PARTS(18) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answers(FORENOON, line -> story.entry(line, line.quantity()));
            story.sends(NOON, story.but(story.more));
            story.sends(EVENING, story.only(story.less));
            story.invoices(DUSK, story::all);
            story.ends(Story::whole);
        }
    },
    /** Two invoices that say the same, of two shipments that they name. */
    EQUAL_PARTS_OF_TWO_SHIPMENTS(6) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answers(FORENOON, line -> story.entry(line, line.quantity()));
            String first = story.sends(NOON, Scenario::half);
            String second = story.sends(EVENING, Scenario::half);
            story.invoicesEntries(AFTERNOON, story.said(Scenario::half), List.of(first), false);
            story.invoicesEntries(DUSK, story.said(Scenario::half), List.of(second), false);
            story.ends(Story::whole);
        }
    },
    /** Two invoices that say the same and name no shipment: the second is held until an operator has asked. */
    EQUAL_PARTS_RELEASED(5) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answeredAndSent();
            String first = story.invoices(AFTERNOON, Scenario::half);
            String second = story.invoicesEntries(EVENING, story.said(Scenario::half), List.of(), true);
            story.plantsSuspicion(first, second, EVENING, DUSK, true);
            story.ends(Story::whole);
        }
    },
    INVOICED_TWICE(6) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answeredAndSent();
            String first = story.invoices(AFTERNOON, story::all);
            String second = story.invoicesEntries(EVENING, story.said(story::all), List.of(), true);
            story.plantsSuspicion(first, second, EVENING, DUSK, false);
            story.ends(Story::whole);
        }
    },
    OVERPRICED(6) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answeredAndSent();
            overpriced(story, AFTERNOON, null);
            story.ends(Story::whole);
        }
    },
    OVERPRICED_AND_CREDITED(6) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answeredAndSent();
            String invoice = overpriced(story, AFTERNOON, NIGHT);
            story.credits(
                    NIGHT,
                    invoice,
                    List.of(story.entry(story.picked, story.picked.quantity()).at(TOO_MUCH)));
            story.ends(Story::whole);
        }
    },
    OVERINVOICED(5) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answeredAndSent();
            overinvoiced(story, DUSK, null);
            story.ends(ending(
                    "invoiced",
                    story.picked.quantity(),
                    ZERO,
                    story.picked.quantity(),
                    story.picked.quantity().add(story.less)));
        }
    },
    OVERINVOICED_AND_CREDITED(6) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answeredAndSent();
            String invoice = overinvoiced(story, AFTERNOON, NIGHT);
            story.credits(NIGHT, invoice, List.of(story.entry(story.picked, story.less)));
            story.ends(Story::whole);
        }
    },
    UNORDERED_ITEM_INVOICED(5) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answeredAndSent();
            Line nobodys = new Line(0, story.other(), story.less);
            List<Entry> entries = new ArrayList<>(story.said(story::all));
            entries.add(story.entry(nobodys, nobodys.quantity()));
            Hour hour = story.either(AFTERNOON, DUSK);
            String invoice = story.invoicesEntries(hour, entries, List.of(), false);
            story.plants("line-not-ordered", invoice, null, story.less, null, hour, null);
            story.ends(Story::whole);
        }
    },
    RETURNED_AND_REPLACED(5) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answeredAndSent();
            String invoice = story.invoices(AFTERNOON, story::all);
            story.credits(EVENING, invoice, List.of(story.entry(story.picked, story.less)));
            story.sends(EVENING, story.only(story.less));
            story.invoices(DUSK, story.only(story.less));
            BigDecimal ordered = story.picked.quantity();
            story.ends(ending("invoiced", ordered, ZERO, ordered.add(story.less), ordered));
        }
    },
    /** Goods go back and none come in their place: the supplier says so, and the line is short. */
    RETURNED(5) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answeredAndSent();
            String invoice = story.invoices(DUSK, story::all);
            story.credits(NIGHT, invoice, List.of(story.entry(story.picked, story.less)));
            story.answers(NIGHT, line -> story.entry(line, story.but(story.more).apply(line)));
            story.ends(ending("short", story.more, ZERO, story.picked.quantity(), story.more));
        }
    },
    /** Ordered by telephone: goods and invoice are there before the order. */
    TELEPHONED(8) {
        @Override
        void tell(Story story) {
            story.sends(NOON, story::all);
            String invoice = story.invoices(AFTERNOON, story::all);
            story.orders(EVENING);
            story.answers(DUSK, line -> story.entry(line, line.quantity()));
            story.plantsUnknownOrder(invoice, AFTERNOON, EVENING);
            story.ends(Story::whole);
        }
    },
    RESPONSE_COMES_LAST(8) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.sends(NOON, story.but(story.more));
            story.invoices(AFTERNOON, story.but(story.more));
            story.answers(NIGHT, line -> story.entry(line, story.but(story.more).apply(line)));
            story.ends(ending("short", story.more, ZERO, story.more, story.more));
        }
    },
    /** The second despatch advice comes after the invoice for both, which is a case for so long. */
    DESPATCH_COMES_LAST(8) {
        @Override
        void tell(Story story) {
            BigDecimal ordered = story.picked.quantity();
            story.orders(MORNING);
            story.answers(FORENOON, line -> story.entry(line, line.quantity()));
            story.sends(NOON, story.but(story.more));
            String invoice = story.invoices(AFTERNOON, story::all);
            story.sends(EVENING, story.only(story.less));
            story.plants("quantity-over-despatched", invoice, story.more, ordered, story.less, AFTERNOON, EVENING);
            story.ends(Story::whole);
        }
    },
    /** Two orders with one despatch advice and one invoice. */
    COLLECTED(8) {
        @Override
        void tell(Story story) {
            Story twin = story.twin();
            List<Entry> both = new ArrayList<>(story.said(story::all));
            both.addAll(twin.said(twin::all));
            for (Story each : List.of(story, twin)) {
                each.orders(MORNING);
                each.answers(FORENOON, line -> each.entry(line, line.quantity()));
                each.ends(Story::whole);
            }
            story.sendsEntries(NOON, both);
            story.invoicesEntries(story.either(AFTERNOON, DUSK), both, List.of(), false);
        }
    },
    CHANGED_TO_MORE(10) {
        @Override
        void tell(Story story) {
            Changes.toMore(story);
        }
    },
    CHANGED_TO_MORE_AND_SHORTENED(6) {
        @Override
        void tell(Story story) {
            Changes.toMoreThanThereIs(story);
        }
    },
    CHANGED_TO_LESS(10) {
        @Override
        void tell(Story story) {
            Changes.toLess(story);
        }
    },
    CHANGED_BEFORE_THE_ANSWER(8) {
        @Override
        void tell(Story story) {
            Changes.beforeTheAnswer(story);
        }
    },
    CHANGED_IN_PRICE(6) {
        @Override
        void tell(Story story) {
            Changes.inPrice(story);
        }
    },
    LINE_CANCELLED(8) {
        @Override
        void tell(Story story) {
            Changes.withoutALine(story);
        }
    },
    LINE_ADDED(6) {
        @Override
        void tell(Story story) {
            Changes.withOneMoreLine(story);
        }
    },
    CANCELLED_AS_A_WHOLE(8) {
        @Override
        void tell(Story story) {
            Changes.toNothing(story);
        }
    },
    CHANGE_REJECTED(8) {
        @Override
        void tell(Story story) {
            Changes.rejected(story);
        }
    },
    CHANGE_REJECTED_IN_PART(6) {
        @Override
        void tell(Story story) {
            Changes.rejectedInPart(story);
        }
    },
    CHANGED_TOO_LATE(6) {
        @Override
        void tell(Story story) {
            Changes.tooLate(story);
        }
    },
    RECEIVED_AS_SENT(12) {
        @Override
        void tell(Story story) {
            Receipts.asSent(story);
        }
    },
    RECEIVED_IN_TWO(6) {
        @Override
        void tell(Story story) {
            Receipts.inTwo(story);
        }
    },
    RECEIVED_SHORT(8) {
        @Override
        void tell(Story story) {
            Receipts.tooLittle(story);
        }
    },
    RECEIVED_SHORT_AND_CREDITED(6) {
        @Override
        void tell(Story story) {
            Receipts.tooLittleAndCredited(story);
        }
    },
    RECEIVED_DAMAGED_AND_CREDITED(6) {
        @Override
        void tell(Story story) {
            Receipts.damagedAndCredited(story);
        }
    },
    RECEIVED_REFUSED_AND_REPLACED(6) {
        @Override
        void tell(Story story) {
            Receipts.refusedAndReplaced(story);
        }
    },
    /** An item without a row in the buyer's table: its order waits until the row is there and it is mapped again. */
    CODE_MISSING(6) {
        @Override
        void tell(Story story) {
            story.orders(MORNING);
            story.answers(DUSK, line -> story.entry(line, line.quantity()));
            story.sends(DUSK, story::all);
            story.invoices(NIGHT, story::all);
            story.ends(Story::whole);
        }
    };

    static final BigDecimal TOO_MUCH = new BigDecimal("1.15");

    /** How often it happens, beside the shares of the others. */
    final int share;

    Scenario(int share) {
        this.share = share;
    }

    abstract void tell(Story story);

    private static BigDecimal half(Line line) {
        return line.quantity().divide(BigDecimal.valueOf(2));
    }

    String overpriced(Story story, Hour hour, @Nullable Hour until) {
        BigDecimal price = story.picked.good().price();
        BigDecimal quantity = story.picked.quantity();
        String invoice = story.invoicesEntries(
                hour,
                story.order.lines.stream()
                        .map(line -> line.equals(story.picked)
                                ? story.entry(line, quantity).at(price.add(TOO_MUCH))
                                : story.entry(line, line.quantity()))
                        .toList(),
                List.of(),
                false);
        story.plants("price", invoice, price, price.add(TOO_MUCH), story.times(TOO_MUCH, quantity), hour, until);
        return invoice;
    }

    String overinvoiced(Story story, Hour hour, @Nullable Hour until) {
        BigDecimal ordered = story.picked.quantity();
        BigDecimal found = ordered.add(story.less);
        String invoice = story.invoices(hour, story.but(found));
        story.plants("quantity-over-ordered", invoice, ordered, found, story.less, hour, until);
        story.plants("quantity-over-despatched", invoice, ordered, found, story.less, hour, until);
        return invoice;
    }
}
