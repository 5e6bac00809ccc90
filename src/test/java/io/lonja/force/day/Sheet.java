package io.lonja.force.day;

import io.lonja.force.day.Order.Line;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that will be written, before it is known how the order looks that its writer reads.
 *
 * @param answer of a response, or what a change does to the whole order; else empty
 * @param about the invoice that a credit note is about, or the change that is answered; else empty
 * @param shipments despatch advices that an invoice or a receipt names
 * @param sscc of the carton of a despatch advice; else empty
 * @param paid what a payment is for; else empty
 * @param held whether the hub holds it for good or until somebody decides, and so tells nobody
 */
record Sheet(
        Kind kind,
        Hour hour,
        String number,
        LocalDate date,
        Firm from,
        Firm to,
        String order,
        String answer,
        String about,
        List<String> shipments,
        String sscc,
        List<Entry> entries,
        List<Paper.Paid> paid,
        boolean held) {

    /**
     * What it says of a line.
     *
     * @param quantity confirmed, sent, received, invoiced or credited; of a change what is ordered from now on
     * @param waiting on back order, of a response; with how much something is wrong, of a receipt
     * @param instead what comes in its place
     * @param delivery another day; of a response
     * @param action what a change does to the line, or what is wrong with what was received; else empty
     */
    record Entry(
            Order order,
            Line line,
            BigDecimal quantity,
            BigDecimal waiting,
            @Nullable Good instead,
            @Nullable LocalDate delivery,
            BigDecimal price,
            String action) {

        static Entry of(Order order, Line line, BigDecimal quantity) {
            return new Entry(
                    order,
                    line,
                    quantity,
                    BigDecimal.ZERO,
                    null,
                    null,
                    line.good().price(),
                    "");
        }

        Entry waiting(BigDecimal later) {
            return new Entry(order, line, quantity, later, instead, delivery, price, action);
        }

        Entry instead(Good other) {
            return new Entry(order, line, quantity, waiting, other, delivery, price, action);
        }

        Entry on(LocalDate day) {
            return new Entry(order, line, quantity, waiting, instead, day, price, action);
        }

        Entry at(BigDecimal other) {
            return new Entry(order, line, quantity, waiting, instead, delivery, other, action);
        }

        Entry as(String what) {
            return new Entry(order, line, quantity, waiting, instead, delivery, price, what);
        }

        boolean says() {
            return quantity.signum() > 0 || waiting.signum() > 0;
        }
    }
}
