package io.lonja.edi;

/**
 * What should have stood where an error is.
 *
 * @param name the guide's name of the element or segment: {@code Purchase Order Number}; empty when it has none
 * @param reference the data element's reference number for AK402: {@code 324}; empty when unknown
 * @param rule what would have been right, in words that fit the error's sentence: {@code 22 characters}; may be empty
 * @param overlay the id of the overlay in which that was agreed; empty where it is the guide of everybody
 */
public record Expectation(String name, String reference, String rule, String overlay) {

    public Expectation(String name, String reference, String rule) {
        this(name, reference, rule, "");
    }

    /** Nothing is known beyond the error itself. */
    public static final Expectation NONE = new Expectation("", "", "");

    /** Only the rule is known. */
    public static Expectation rule(String rule) {
        return new Expectation("", "", rule);
    }

    Expectation agreedIn(GuideId guide) {
        return new Expectation(name, reference, rule, guide.value());
    }
}
