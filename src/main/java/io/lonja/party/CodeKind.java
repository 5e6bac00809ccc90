package io.lonja.party;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Kinds of codes in documents that partners call otherwise than we do. */
public enum CodeKind {
    /** {@code gtin:8412345000013}, {@code buyer-item:4711}: whose code it is, and the code. */
    @JsonProperty("items")
    ITEMS,
    /** {@code gln:8412345000013}, {@code assigned-by-buyer:LUCIA}: parties and the locations that quantities are for. */
    @JsonProperty("parties")
    PARTIES,
    /** {@code CA}, {@code PCE}. */
    @JsonProperty("units")
    UNITS,
    /** {@code VA}, {@code VAT}. */
    @JsonProperty("taxes")
    TAXES;

    /** {@code items}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether such a code says by its scheme whose it is: {@code gtin:8412345000013}. */
    public boolean hasScheme() {
        return this == ITEMS || this == PARTIES;
    }

    /** The kind with this name; empty for any other text. */
    public static Optional<CodeKind> named(String wireName) {
        return Stream.of(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst();
    }
}
