package io.lonja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestDatabaseTests {

    @Test
    void aFreshH2IsWhatTheMigrationsMake() {
        String migrated = TestDatabase.script(TestDatabase.migrated(TestDatabase.empty(), "h2"));

        assertThat(withoutTimes(TestDatabase.script(TestDatabase.h2())))
                .isEqualTo(withoutTimes(migrated))
                .contains("CREATE MEMORY TABLE \"PUBLIC\".\"DOCUMENT\"", "flyway_schema_history");
    }

    /** Flyway notes when a migration ran and for how many milliseconds. */
    private static String withoutTimes(String script) {
        return script.replaceAll("TIMESTAMP '[^']*', \\d+, TRUE", "then, TRUE");
    }
}
