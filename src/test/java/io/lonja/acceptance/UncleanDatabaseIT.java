package io.lonja.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.alarm.Alarms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands only in the database tells whether a start kept it or made it again from the archive. */
class UncleanDatabaseIT {

    private static final String ONLY_THERE = "stands-only-in-the-database";

    @TempDir
    private Path home;

    @Test
    void isMadeAgainFromTheArchiveAndOneThatWasClosedIsKept() throws Exception {
        try (RunningHub hub = RunningHub.start(home)) {
            hub.context().getBean(Alarms.class).open(ONLY_THERE, "Nothing archived says so.", Instant.EPOCH);
        }
        Path sign = home.resolve("database/lonja.open");
        assertThat(sign).doesNotExist();

        long profiles;
        try (RunningHub hub = RunningHub.start(home)) {
            assertThat(sign).exists();
            assertThat(alarms(hub)).as("closed in order").isOne();
            profiles = rows(hub, "SELECT COUNT(*) FROM partner_profile");
        }

        Files.createFile(sign);
        try (RunningHub hub = RunningHub.start(home)) {
            assertThat(alarms(hub)).as("as after a kill").isZero();
            assertThat(rows(hub, "SELECT COUNT(*) FROM partner_profile"))
                    .isGreaterThanOrEqualTo(profiles)
                    .isPositive();
        }
    }

    private static long alarms(RunningHub hub) {
        return rows(hub, "SELECT COUNT(*) FROM alarm WHERE cause = '%s'".formatted(ONLY_THERE));
    }

    private static long rows(RunningHub hub, String count) {
        return hub.context()
                .getBean(JdbcClient.class)
                .sql(count)
                .query(Long.class)
                .single();
    }
}
