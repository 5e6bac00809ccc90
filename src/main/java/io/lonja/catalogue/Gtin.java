package io.lonja.catalogue;

import io.lonja.document.CheckDigit;

/** GS1's Global Trade Item Number of 8, 12, 13 or 14 digits; the last one checks the others (GS1 General Specifications, 7.9). */
final class Gtin {

    private static final int LENGTH = 14;

    private Gtin() {}

    /** The number with leading zeros in its full length, so that a UPC and its GTIN-13 are one. */
    static String normal(String code) {
        return "0".repeat(Math.max(0, LENGTH - code.length())) + code;
    }

    static boolean isOne(String code) {
        return code.matches("[0-9]{8}|[0-9]{12,14}") && CheckDigit.fits(code);
    }
}
