package io.lonja.mapping;

import io.lonja.document.Change;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What names a document: its number and date, and whether it is the first of that name. */
record Heading(Fields source, Names names, Problems problems) {

    /** What the guide's names call the date of the document itself, where a qualifier says which date that is. */
    private static final String OWN_DATE = "document";

    /** What becomes of the order; null, with a problem, where that is not known, or nothing is to take its place. */
    @Nullable
    Change change() {
        Optional<Change> change = names.find("purpose", source.text("purpose")).map(Change::of);
        if (change.isEmpty()) {
            problems.add(
                    "purpose-unknown",
                    source.place(),
                    "%s: it is not known whether the purpose code %s changes, cancels or replaces the order; list the code in the guide's names.properties.",
                    source.text("purpose"));
        } else if (change.get() == Change.REPLACED && source.list("lines").isEmpty()) {
            problems.add(
                    "lines-missing",
                    source.place(),
                    "%s: the order is to be replaced, but there is no line to take its place; ask the sender to resend it with its lines, or to cancel the order.");
            return null;
        }
        return change.orElse(null);
    }

    /** What changes or cancels an earlier document is a problem. */
    void demandOriginal() {
        if (source.has("purpose")
                && !names.find("purpose", source.text("purpose")).equals(Optional.of("original"))) {
            problems.add(
                    "purpose-not-original",
                    source.place(),
                    "%s: the purpose code %s changes or cancels an earlier document; only originals are booked, so settle it with the sender.",
                    source.text("purpose"));
        }
    }

    /** Empty where it has none, which is a problem. */
    String number() {
        String number =
                source.has("number") || !source.has("request") ? orElse("number", "order") : source.text("request");
        if (number.isEmpty()) {
            problems.add(
                    "number-missing", source.place(), "%s: the document has no number; ask the sender to resend it.");
        }
        return number;
    }

    /**
     * Null where it has none, which is a problem.
     *
     * @param dates of the whole document; its own is taken out of them
     */
    @Nullable
    LocalDate date(SortedMap<String, LocalDate> dates) {
        String written = orElse("date", "orderDate");
        LocalDate date = written.isEmpty()
                ? dates.remove(OWN_DATE)
                : problems.date(source, source.has("date") ? "date" : "orderDate", source.place());
        if (date == null && written.isEmpty()) {
            problems.add("date-missing", source.place(), "%s: the document has no date; ask the sender to resend it.");
        }
        return date;
    }

    /** A response or a change need not have a number and a date of its own: those of its order stand for them. */
    private String orElse(String own, String ofTheOrder) {
        return source.has(own) ? source.text(own) : source.text(ofTheOrder);
    }
}
