package io.lonja.document;

import io.lonja.party.PartyId;
import org.jspecify.annotations.Nullable;

/**
 * Which documents are looked for; what is null does not restrict.
 *
 * @param number exactly
 * @param partner sender, buyer or seller
 * @param controlNumber of the transaction set or of the interchange, as written
 * @param text the beginning of a number, or a control number
 * @param visibleTo only what this party sent, bought or sold
 */
public record DocumentQuery(
        @Nullable String number,
        @Nullable DocumentType type,
        @Nullable PartyId partner,
        @Nullable String controlNumber,
        @Nullable String text,
        @Nullable PartyId visibleTo) {}
