package io.lonja.force.day;

/** The day in stretches: what is sent in one of them is settled before the next begins. */
enum Hour {
    MORNING,
    FORENOON,
    NOON,
    /** Ends with the look at the books that shows what is open. */
    AFTERNOON,
    EVENING,
    DUSK,
    NIGHT
}
