package io.lonja.edi;

/**
 * Is told of a payload while it is read: of each thing when it is known, and nothing is kept for it. Every interchange
 * begins and ends, every group in it too; what stands in none comes last.
 *
 * <p>At its beginning an interchange or group has no content and only the errors of its header; at its end it still has no
 * content, but all errors. Whether one is {@link Interchange#refused refused} is certain at its end, and then nothing of
 * what came in it counts.
 */
public interface ReadingVisitor {

    default void beginInterchange(Interchange interchange) {}

    default void beginGroup(FunctionalGroup group) {}

    /** A segment that belongs to no transaction set: of an envelope, or where none should stand. */
    default void envelope(Segment segment) {}

    /** @param set with its whole content, which lives as long as somebody holds it */
    default void transactionSet(TransactionSet set) {}

    default void endGroup(FunctionalGroup group) {}

    default void endInterchange(Interchange interchange) {}

    /** What is wrong outside every interchange. */
    default void outside(SyntaxError error) {}
}
