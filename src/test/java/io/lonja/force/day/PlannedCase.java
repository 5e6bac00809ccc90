package io.lonja.force.day;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A difference that was planted, and must be found.
 *
 * @param order empty where the case names none
 * @param line empty where it is about none
 * @param document number of the one that does not fit
 * @param expected null where there is no such figure; a number or a document's number
 * @param open from when it is there
 * @param closed who settles it when; null while nobody does: {@code document} or {@code operator}
 */
record PlannedCase(
        String reason,
        String order,
        String line,
        String document,
        @Nullable String expected,
        @Nullable String found,
        @Nullable String difference,
        Hour open,
        @Nullable Hour until,
        @Nullable String closed) {

    /** As it must be told after this hour; empty where there is nothing to tell yet. */
    String told(Hour after) {
        if (open.compareTo(after) > 0) {
            return "";
        }
        boolean settled = until != null && until.compareTo(after) <= 0;
        return told(
                reason, order, line, document, expected, found, difference, settled ? "closed by " + closed : "open");
    }

    static String told(
            String reason,
            String order,
            String line,
            String document,
            @Nullable String expected,
            @Nullable String found,
            @Nullable String difference,
            String status) {
        return "%s in %s of order %s, line %s: expected %s, found %s, difference %s: %s"
                .formatted(reason, document, order, line, figure(expected), figure(found), figure(difference), status);
    }

    private static String figure(@Nullable String said) {
        return said == null
                ? "nothing"
                : said.matches("[0-9]+(\\.[0-9]+)?")
                        ? Paper.plain(new BigDecimal(said)).toPlainString()
                        : said;
    }
}
