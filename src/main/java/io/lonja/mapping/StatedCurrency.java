package io.lonja.mapping;

import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** What a document says that its amounts are in: {@code currency}, which stands at {@code currencyAt}. */
final class StatedCurrency {

    private StatedCurrency() {}

    /** What the source says, else what was agreed with the sender; null where it is no money, or none is known. */
    static @Nullable Currency of(Fields source, MappingContext context, Problems problems) {
        boolean said = source.has("currency");
        if (!said && context.defaultCurrency() == null) {
            problems.add(
                    "currency-missing",
                    source.place("currencyAt"),
                    "%s: the document names no currency and none is agreed with the sender; set the currency in the partner's profile.");
        }
        return said ? of(source, problems) : context.defaultCurrency();
    }

    /** What the source says; null where it says none, or nothing that is one. */
    static @Nullable Currency of(Fields source, Problems problems) {
        String code = source.text("currency");
        if (code.isEmpty()) {
            return null;
        }
        try {
            Currency currency = Currency.getInstance(code);
            if (currency.getDefaultFractionDigits() >= 0) {
                return currency;
            }
        } catch (IllegalArgumentException e) {
            // Told below, together with the codes of ISO 4217 that are no money, such as XXX.
        }
        problems.add(
                "currency-invalid",
                source.place("currencyAt"),
                "%s: %s is not a currency of ISO 4217; ask the sender to correct and resend it.",
                code);
        return null;
    }
}
