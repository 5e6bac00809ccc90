package io.lonja.force.day;

import io.lonja.force.day.Paper.Paid;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * How buyers pay: what came by the afternoon in the evening, what came later at night, all that is due to one supplier together
 * and less its credit notes. Of some payments something is wrong.
 */
final class Payments {

    private static final BigDecimal DISCOUNT = new BigDecimal("0.35");
    /** What is paid of an invoice that nobody wrote. */
    private static final BigDecimal NOBODYS = new BigDecimal("12.50");

    private final DayPlan day;
    private final Random random;
    private final Map<List<Firm>, List<Sheet>> invoices = new LinkedHashMap<>();
    private final Map<List<Firm>, List<Sheet>> credits = new LinkedHashMap<>();
    private int written;

    Payments(DayPlan day, Random random) {
        this.day = day;
        this.random = random;
    }

    void plan() {
        for (Sheet sheet : List.copyOf(day.sheets)) {
            if (sheet.kind().priced() && !sheet.held()) {
                (sheet.kind() == Kind.INVOICE ? invoices : credits)
                        .computeIfAbsent(List.of(sheet.to(), sheet.from()), pair -> new ArrayList<>())
                        .add(sheet);
            }
        }
        for (List<Sheet> due : List.copyOf(invoices.values())) {
            Sheet first = due.get(0);
            paysBefore(first.to(), first.from(), due);
            pays(Hour.EVENING, first.to(), first.from());
            pays(Hour.NIGHT, first.to(), first.from());
        }
    }

    /** Of some suppliers one invoice is paid before it comes. */
    private void paysBefore(Firm buyer, Firm seller, List<Sheet> due) {
        due.stream()
                .filter(invoice -> invoice.hour() == Hour.DUSK && random.nextInt(6) == 0)
                .findFirst()
                .ifPresent(invoice -> {
                    Paid paid = paid(invoice, BigDecimal.ZERO);
                    String number = pays(Hour.AFTERNOON, buyer, seller, List.of(paid));
                    day.plant(unknown(number, paid.due(), Hour.AFTERNOON, Hour.DUSK));
                    due.remove(invoice);
                });
    }

    private void pays(Hour hour, Firm buyer, Firm seller) {
        List<Paid> items = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (Sheet invoice : taken(invoices, buyer, seller, hour)) {
            Paid paid = paid(invoice, random.nextInt(8) == 0 ? DISCOUNT : BigDecimal.ZERO);
            items.add(paid);
            sum = sum.add(paid.counted());
        }
        for (Sheet credit : taken(credits, buyer, seller, hour)) {
            Paid off = paid(credit, BigDecimal.ZERO);
            if (sum.add(off.counted()).signum() > 0) {
                items.add(off);
                sum = sum.add(off.counted());
            }
        }
        if (items.isEmpty()) {
            return;
        }
        written++;
        boolean mistaken = written % 5 == 1;
        if (mistaken) {
            items.add(new Paid(Kind.INVOICE, seller.mark() + "-F9" + written, DayPlan.DAY, NOBODYS, BigDecimal.ZERO));
        }
        String number = pays(hour, buyer, seller, items);
        if (mistaken) {
            day.plant(unknown(number, NOBODYS, hour, null));
        } else if (written % 5 == 3 && hour == Hour.EVENING) {
            paysAgain(buyer, seller, items.get(0));
        }
    }

    private void paysAgain(Firm buyer, Firm seller, Paid twice) {
        BigDecimal both = twice.paid().add(twice.paid());
        day.plant(new PlannedCase(
                "paid-over-invoiced",
                "",
                "",
                pays(Hour.NIGHT, buyer, seller, List.of(twice)),
                twice.due().toPlainString(),
                both.toPlainString(),
                both.subtract(twice.due()).toPlainString(),
                Hour.NIGHT,
                null,
                null));
    }

    /** An invoice that nobody wrote, or not yet. */
    private static PlannedCase unknown(String payment, BigDecimal paid, Hour open, @Nullable Hour until) {
        return new PlannedCase(
                "invoice-unknown",
                "",
                "",
                payment,
                null,
                paid.toPlainString(),
                null,
                open,
                until,
                until == null ? null : "document");
    }

    /** What is due and was read before this hour; it will not be due again. */
    private static List<Sheet> taken(Map<List<Firm>, List<Sheet>> all, Firm buyer, Firm seller, Hour hour) {
        List<Sheet> due = all.getOrDefault(List.of(buyer, seller), new ArrayList<>());
        List<Sheet> taken =
                due.stream().filter(sheet -> sheet.hour().compareTo(hour) < 0).toList();
        due.removeAll(taken);
        return taken;
    }

    private static Paid paid(Sheet sheet, BigDecimal discount) {
        return new Paid(
                sheet.kind(), sheet.number(), sheet.date(), Clerk.payable(sheet.from(), sheet.entries()), discount);
    }

    private String pays(Hour hour, Firm buyer, Firm seller, List<Paid> items) {
        String number = day.number(buyer, "Z");
        day.write(new Sheet(
                Kind.PAYMENT,
                hour,
                number,
                DayPlan.DAY.plusDays(30L + hour.ordinal()),
                buyer,
                seller,
                "",
                "",
                "",
                List.of(),
                "",
                List.of(),
                List.copyOf(items),
                false));
        return number;
    }
}
