package io.lonja.partner;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * Times of day at which outbound documents leave: what is due by then leaves at that time.
 *
 * @param times local ones, each once, the earliest first; at least one. A time that a day does not have, because clocks
 *     are put forward, comes as much later; of one that it has twice the first counts
 * @param zone whose days and clocks: {@code Europe/Madrid}
 */
public record CutOffs(List<LocalTime> times, ZoneId zone) {

    public CutOffs {
        times = times.stream().distinct().sorted().toList();
        if (times.isEmpty()) {
            throw new IllegalArgumentException("Documents leave at one time of day at least");
        }
    }

    /** The latest cut-off that is not after this time: what was due by then leaves now. */
    public Instant last(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        return today.minusDays(2)
                .datesUntil(today.plusDays(2))
                .flatMap(day ->
                        times.stream().map(time -> day.atTime(time).atZone(zone).toInstant()))
                .filter(cutOff -> !cutOff.isAfter(now))
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
