package io.lonja.edi;

/**
 * What should have stood where an error is.
 *
 * @param name the guide's name of the element or segment: {@code Purchase Order Number}; empty when it has none
 * @param reference the data element's reference number for AK402: {@code 324}; empty when unknown
 * @param rule what would have been right, in words that fit the error's sentence: {@code 22 characters}; may be empty
 */
public record Expectation(String name, String reference, String rule) {

    /** Nothing is known beyond the error itself. */
    public static final Expectation NONE = new Expectation("", "", "");

    /** Only the rule is known. */
    public static Expectation rule(String rule) {
        return new Expectation("", "", rule);
    }
}
