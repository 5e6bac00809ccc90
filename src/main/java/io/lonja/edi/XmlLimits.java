package io.lonja.edi;

/** What one XML document may cost. Whoever exceeds a limit gets an error that names it. */
final class XmlLimits {

    static final int BYTES_MAX = 32 << 20;
    /** With those that the guide does not know. */
    static final int ELEMENTS_MAX = 300_000;
    /** In each other, the document's own included. */
    static final int DEPTH_MAX = 40;
    /** Of one element that the guide knows. */
    static final int TEXT_CHARACTERS_MAX = 20_000;

    /** Of a number: no trade needs more, and every one of them has a place in the books. */
    static final int NUMBER_CHARACTERS_MAX = 30;
    /** Of a unit, a currency, or the scheme of an identifier. */
    static final int QUALIFIER_CHARACTERS_MAX = 20;

    private XmlLimits() {}
}
