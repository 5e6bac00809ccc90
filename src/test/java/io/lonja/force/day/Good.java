package io.lonja.force.day;

import java.math.BigDecimal;

/**
 * Something that a supplier sells.
 *
 * @param code the supplier's
 * @param own what a buyer with codes of its own calls it
 * @param unit {@code case}, {@code piece} or {@code kilo}
 * @param price of one unit, in euros
 */
record Good(String code, String gtin, String own, String unit, BigDecimal price) {}
