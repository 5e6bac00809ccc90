package io.lonja.document;

import java.util.Optional;

/**
 * Asked before a document counts whether it should. What it objects to is held until an operator releases it
 * ({@link DocumentRelease}); then nobody is asked again. It looks at the books alone, so that a replay hears the same.
 */
public interface BookingCheck {

    /** Of all its objections: {@code duplicate-suspected}. */
    String code();

    /** Why this should not count, as a problem with this check's code; empty when there is nothing against it. Changes nothing. */
    Optional<MappingProblem> objection(DocumentAccepted candidate);

    /** It is held for the objection: a person must be told. */
    void held(DocumentAccepted candidate);
}
