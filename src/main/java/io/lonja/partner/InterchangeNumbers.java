package io.lonja.partner;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a partner numbers its interchanges.
 *
 * @param takenFor how long after an interchange its control number stands for it and no other; null for ever
 * @param sequential whether it counts upwards by one, so that a number that is skipped is an interchange that was lost
 */
public record InterchangeNumbers(@Nullable Duration takenFor, boolean sequential) {

    /** What holds where nothing else is agreed. */
    public static final InterchangeNumbers ANY = new InterchangeNumbers(null, false);
}
