package io.lonja.catalogue;

import java.math.BigDecimal;

/** Which item a line of a document means. */
public sealed interface ItemMatch {

    /**
     * It is this one.
     *
     * @param pack base units in one unit of the line
     */
    record Known(CatalogueItem item, BigDecimal pack) implements ItemMatch {}

    /** The catalogue does not tell; the sentence says why, and what to do. */
    record Unknown(String sentence) implements ItemMatch {}
}
