package io.lonja.mapping;

import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * What a document takes from outside of itself.
 *
 * @param defaultCurrency of amounts whose document names none, as agreed with the sender; null where nothing is agreed,
 *     such a document then has a problem
 */
public record MappingContext(@Nullable Currency defaultCurrency) {}
