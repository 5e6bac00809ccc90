package io.lonja.alarm;

import java.time.Instant;

/** Raises and ends alarms: one open and one close per cause, however often it is seen in between. */
public interface Alarms {

    /**
     * Opens the alarm of this cause; does nothing while it is already open.
     *
     * @param cause stable key of what is wrong, for instance {@code document-conflict:acme:invoice:4711}
     * @param sentence what happened, where, and what to do next
     * @param at when it was noticed; inside the replay of the archive the time of the entry, never a clock
     */
    void open(String cause, String sentence, Instant at);

    /** Closes the alarm of this cause; does nothing where none is open. */
    void close(String cause, Instant at);
}
