package io.lonja.access;

/** The authenticated caller of the request that this thread serves. */
public interface Callers {

    /** Throws {@link IllegalStateException} outside an authenticated request. */
    Caller current();
}
