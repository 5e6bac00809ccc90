package io.lonja.mapping;

import io.lonja.partner.TradingPartner;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * What a document takes from outside of itself.
 *
 * @param defaultCurrency of amounts whose document names none, as agreed with the sender; null where nothing is agreed,
 *     such a document then has a problem
 * @param sender whose tables say what its codes are here; null where they stay as on the wire
 */
public record MappingContext(
        @Nullable Currency defaultCurrency, @Nullable TradingPartner sender) {

    /** Of a sender that nothing is known of but this. */
    public MappingContext(@Nullable Currency defaultCurrency) {
        this(defaultCurrency, null);
    }

    /** As agreed with this sender; null for nobody. */
    public static MappingContext of(@Nullable TradingPartner sender) {
        return new MappingContext(sender == null ? null : sender.currency(), sender);
    }
}
