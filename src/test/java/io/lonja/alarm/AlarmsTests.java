package io.lonja.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class AlarmsTests {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final JdbcClient jdbc;
    private final Alarms alarms;
    private final OpenAlarms open;

    AlarmsTests(TestDatabase.Vendor vendor) {
        jdbc = JdbcClient.create(vendor.fresh());
        alarms = new JdbcAlarms(jdbc);
        open = new OpenAlarms(jdbc);
    }

    @Test
    void openOncePerCauseHoweverOftenItIsSeen() {
        alarms.open("lane-stands:books", "It stands.", NOON);
        alarms.open("lane-stands:books", "It still stands.", NOON.plusSeconds(5));
        alarms.open("lane-stands:tracking", "This one too.", NOON.plusSeconds(9));
        assertThat(open.list(10)).extracting(Alarm::sentence).containsExactly("This one too.", "It stands.");
    }

    @Test
    void closeOncePerCauseAndOpenAgainAsAnotherAlarm() {
        alarms.close("never-opened", NOON);
        alarms.open("lane-stands:books", "It stands.", NOON);
        alarms.close("lane-stands:books", NOON.plusSeconds(5));
        alarms.close("lane-stands:books", NOON.plusSeconds(6));
        assertThat(open.list(10)).isEmpty();
        alarms.open("lane-stands:books", "It stands again.", NOON.plusSeconds(7));
        List<Alarm> history = open.history(null, 10);
        assertThat(history).extracting(Alarm::sentence).containsExactly("It stands again.", "It stands.");
        assertThat(history.get(1).closedAt()).isEqualTo(NOON.plusSeconds(5));
        assertThat(history.get(0).id()).isNotEqualTo(history.get(1).id());
        assertThat(open.history(history.get(0).id(), 10)).containsExactly(history.get(1));
        assertThat(open.find(history.get(0).id())).contains(history.get(0));
    }

    @Test
    void keepCausesOfAnyLengthApart() {
        String tail = "x".repeat(600);
        alarms.open(tail + "1", "The first.", NOON);
        alarms.open(tail + "1", "The first again.", NOON);
        alarms.open(tail + "2", "The second.", NOON);
        assertThat(open.list(10)).hasSize(2);
        alarms.close(tail + "1", NOON);
        assertThat(open.list(10)).extracting(Alarm::sentence).containsExactly("The second.");
    }
}
