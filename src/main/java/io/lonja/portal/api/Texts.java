package io.lonja.portal.api;

import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import io.lonja.party.Role;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the texts of a request's body, and says at which place one cannot be understood. */
final class Texts {

    private Texts() {}

    /** What the reader makes of the text. Its sentence, when it refuses one, is the caller's answer. */
    static <T> T read(String pointer, @Nullable String text, Function<String, T> reader) {
        if (text == null) {
            throw ProblemException.invalid(pointer, "Say %s.".formatted(pointer.replaceAll(".*/", "")));
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(pointer, String.valueOf(e.getMessage()));
        }
    }

    /** An exact decimal without a sign, at most 12 digits before and 6 after the point: {@code "12.5"}. */
    static BigDecimal decimal(String pointer, @Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,12}(\\.[0-9]{1,6})?")) {
            throw ProblemException.invalid(pointer, "A number is a text like \"12.5\", without a sign.");
        }
        return new BigDecimal(text);
    }

    /** {@code "40"}. */
    static long whole(String pointer, @Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,9}")) {
            throw ProblemException.invalid(pointer, "A whole number is a text like \"40\", without a sign.");
        }
        return Long.parseLong(text);
    }

    static LocalDate date(String pointer, @Nullable String text) {
        try {
            LocalDate date = LocalDate.parse(String.valueOf(text));
            if (date.getYear() >= 1 && date.getYear() <= 9999) {
                return date;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw ProblemException.invalid(pointer, "A date is a text like \"2026-11-01\".");
    }

    static Instant instant(String pointer, @Nullable String text) {
        try {
            Instant instant = Instant.parse(String.valueOf(text));
            if (instant.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw ProblemException.invalid(pointer, "An instant is a text like \"2026-11-21T09:32:00Z\".");
    }

    static Currency currency(String pointer, @Nullable String text) {
        try {
            return Currency.getInstance(String.valueOf(text));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(pointer, "A currency is a code of ISO 4217 like \"EUR\".");
        }
    }

    /** A partner that has this role in its profile. */
    static PartyId partner(TradingPartners partners, String pointer, @Nullable String id, Role role) {
        try {
            return partners.find(new PartyId(String.valueOf(id)))
                    .filter(partner -> partner.roles().contains(role))
                    .map(TradingPartner::id)
                    .orElseThrow(() -> without(pointer, id, role));
        } catch (IllegalArgumentException e) {
            throw without(pointer, id, role);
        }
    }

    private static ProblemException without(String pointer, @Nullable String id, Role role) {
        return ProblemException.invalid(
                pointer,
                "There is no partner %s with the role %s under partners/."
                        .formatted(id, role.name().toLowerCase(java.util.Locale.ROOT)));
    }
}
