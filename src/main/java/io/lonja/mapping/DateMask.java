package io.lonja.mapping;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * How a date is written, in the notation of UN/EDIFACT's code list 2379: {@code CCYYMMDD}, {@code YYMMDD}, {@code
 * DDMMYY}, {@code CCYYMMDDHHMM}; two of them with a hyphen between are a period. A time of day is passed over.
 */
record DateMask(String mask) {

    private static final String HYPHEN = "-";
    private static final int THIS_CENTURY = 2000;

    /** The day, or first and last day of a period; empty when the text is not of this form. */
    List<LocalDate> read(String text) {
        List<LocalDate> days = new ArrayList<>();
        String[] masks = mask.split(HYPHEN);
        String[] texts = text.split(HYPHEN, -1);
        try {
            for (int i = 0; i < masks.length && masks.length == texts.length; i++) {
                if (masks[i].length() != texts[i].length()
                        || texts[i].isEmpty()
                        || !texts[i].chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')) {
                    return List.of();
                }
                days.add(day(masks[i], texts[i]));
            }
        } catch (DateTimeException | NumberFormatException e) {
            return List.of();
        }
        return days;
    }

    private static LocalDate day(String mask, String text) {
        int year = mask.contains("CCYY") ? number(mask, text, "CCYY") : THIS_CENTURY + number(mask, text, "YY");
        return LocalDate.of(year, number(mask, text, "MM"), number(mask, text, "DD"));
    }

    private static int number(String mask, String text, String part) {
        int at = mask.indexOf(part);
        if (at < 0) {
            throw new DateTimeException("%s has no %s".formatted(mask, part));
        }
        return Integer.parseInt(text.substring(at, at + part.length()));
    }
}
