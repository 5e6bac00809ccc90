package io.lonja.mapping;

import io.lonja.document.MappingProblem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what keeps a document from counting, and reads the values whose form can be wrong. */
final class Problems {

    /** More than anybody reads; the rest is left out. */
    static final int PROBLEMS_MAX = 100;

    private static final Pattern DECIMAL = Pattern.compile("-?(?:[0-9]{1,30}\\.?[0-9]{0,30}|\\.[0-9]{1,30})");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");
    private static final Pattern FOUR_DIGIT_YEAR = Pattern.compile("(?!0000)[0-9]{8}");
    private static final DateTimeFormatter LONG_DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

    private final List<MappingProblem> found = new ArrayList<>();

    List<MappingProblem> found() {
        return List.copyOf(found);
    }

    /** The sentence is completed by the place: {@code "%s names no currency"}. */
    void add(String code, Place place, String sentence, Object... more) {
        add(code, place, null, null, sentence, more);
    }

    /** Two values that should be equal and are not. */
    void differs(String code, Place place, String stated, String computed, String sentence) {
        add(code, place, stated, computed, sentence, stated, computed);
    }

    private void add(
            String code,
            Place place,
            @Nullable String stated,
            @Nullable String computed,
            String sentence,
            Object... more) {
        if (found.size() < PROBLEMS_MAX) {
            Object[] arguments = new Object[more.length + 1];
            arguments[0] = place;
            System.arraycopy(more, 0, arguments, 1, more.length);
            found.add(new MappingProblem(
                    code,
                    sentence.formatted(arguments),
                    place.segmentId(),
                    place.segment(),
                    place.bytes(),
                    stated,
                    computed));
        }
    }

    /** The number, exactly as written; null when it is absent, or is none (a problem then). */
    @Nullable
    BigDecimal decimal(Fields fields, String name, Place place) {
        String text = fields.text(name);
        if (text.isEmpty()) {
            return null;
        }
        if (!DECIMAL.matcher(text).matches()) {
            add("number-invalid", place, "%s: the %s %s is not a decimal number.", spoken(name), text);
            return null;
        }
        return new BigDecimal(text);
    }

    /** The number that the line must have, exactly as written; null when it is absent or none, a problem in both cases. */
    @Nullable
    BigDecimal required(Fields line, String name, Place place) {
        BigDecimal value = decimal(line, name, place);
        if (value == null && !line.has(name)) {
            add(name + "-missing", place, "%s: the line has no %s; ask the sender to resend it with one.", name);
        }
        return value;
    }

    /** The whole number, not negative; null when it is absent, or is none (a problem then). */
    @Nullable
    Integer count(Fields fields, String name, Place place) {
        String text = fields.text(name);
        if (text.isEmpty()) {
            return null;
        }
        if (!COUNT.matcher(text).matches()) {
            add("number-invalid", place, "%s: the %s %s is not a whole number.", spoken(name), text);
            return null;
        }
        return Integer.valueOf(text);
    }

    /** The date {@code CCYYMMDD}; null when it is absent, or is none (a problem then). */
    @Nullable
    LocalDate date(Fields fields, String name, Place place) {
        String text = fields.text(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            if (FOUR_DIGIT_YEAR.matcher(text).matches()) {
                return LocalDate.parse(text, LONG_DATE);
            }
        } catch (DateTimeException e) {
            // Told below, together with years of other than four digits.
        }
        add("date-invalid", place, "%s: the %s %s is not a date of the form CCYYMMDD.", spoken(name), text);
        return null;
    }

    /**
     * The day, or first and last day of a period, in the form that a code of the source says; empty when it is absent, of
     * an unknown form, or none (a problem then).
     */
    List<LocalDate> days(Fields fields, String name, Names names, Place place) {
        String text = fields.text(name);
        String code = fields.text("format");
        if (text.isEmpty()) {
            return List.of();
        }
        if (code.isEmpty()) {
            LocalDate date = date(fields, name, place);
            return date == null ? List.of() : List.of(date);
        }
        Optional<String> mask = names.find("date-format", code);
        if (mask.isEmpty()) {
            add(
                    "date-format-unknown",
                    place,
                    "%s: it is not known how the date %s is written when its format code is %s; list the code in the guide's names.properties.",
                    text,
                    code);
            return List.of();
        }
        List<LocalDate> days = new DateMask(mask.get()).read(text);
        if (days.isEmpty()) {
            add("date-invalid", place, "%s: the %s %s is not a date of the form %s.", spoken(name), text, mask.get());
        }
        return days;
    }

    /** {@code discountUntil} is said as {@code discount until}. */
    private static String spoken(String name) {
        return switch (name) {
            case "value" -> "date";
            default -> name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        };
    }
}
