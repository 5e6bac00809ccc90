package io.lonja.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutOffsTests {

    /** Clocks in Madrid are put forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-21T09:59:59Z, 2026-11-20T16:30:00Z, before the first of the day the last of the day before counts",
        "2026-11-21T10:00:00Z, 2026-11-21T10:00:00Z, at the time itself it counts",
        "2026-11-21T16:29:59Z, 2026-11-21T10:00:00Z, between two",
        "2026-11-21T22:59:59Z, 2026-11-21T16:30:00Z, after the last one",
        "2026-11-21T23:30:00Z, 2026-11-21T16:30:00Z, the next day has begun there",
        "2026-07-01T09:00:00Z, 2026-07-01T09:00:00Z, summer time",
        "2026-03-29T09:00:00Z, 2026-03-29T09:00:00Z, on the day of 23 hours",
        "2026-10-25T10:00:00Z, 2026-10-25T10:00:00Z, on the day of 25 hours"
    })
    void theLastCutOffIsThatOfTheZonesClock(Instant now, Instant last, String why) {
        CutOffs cutOffs = new CutOffs(List.of(LocalTime.of(17, 30), LocalTime.of(11, 0)), ZoneId.of("Europe/Madrid"));
        assertThat(cutOffs.last(now)).as(why).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T01:29:59Z, 2026-03-28T01:30:00Z",
        "2026-03-29T01:30:00Z, 2026-03-29T01:30:00Z",
        "2026-10-25T00:30:00Z, 2026-10-25T00:30:00Z",
        "2026-10-25T01:30:00Z, 2026-10-25T00:30:00Z"
    })
    void aTimeThatADayHasNotOrTwiceComesOnce(Instant now, Instant last) {
        CutOffs cutOffs = new CutOffs(List.of(LocalTime.of(2, 30)), ZoneId.of("Europe/Madrid"));
        assertThat(cutOffs.last(now)).isEqualTo(last);
    }
}
