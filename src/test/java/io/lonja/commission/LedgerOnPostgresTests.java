package io.lonja.commission;

import static io.lonja.commission.TestHub.ACME;
import static io.lonja.commission.TestHub.NORDMAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.TestDatabase;
import io.lonja.archive.Sha256;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over PostgreSQL the books are what they are over H2, and its triggers let nobody change what was booked. */
class LedgerOnPostgresTests {

    private static EmbeddedPostgres server;
    private static TestHub hub;

    @BeforeAll
    static void trade() throws IOException {
        server = EmbeddedPostgres.builder().start();
        hub = new TestHub(TestDatabase.migrated(server.getPostgresDatabase(), "postgresql"));
        trade(hub);
    }

    private static void trade(TestHub on) {
        on.agree(NORDMAR, "2.5", "35", "2026-01-01", null);
        on.sends(ACME, NORDMAR, Paper.order("PO1", "2026-10-01").line("1", "OIL", 10, "12.50"));
        on.sends(
                ACME,
                NORDMAR,
                Paper.invoice("4711", "2026-10-02")
                        .naming("purchase-order", "PO1")
                        .line("1", "OIL", 10, "12.50"));
        on.close(NORDMAR, "2026-10");
        on.sends(
                ACME,
                NORDMAR,
                Paper.credit("G1", "2026-10-20").naming("invoice", "4711").line("1", "OIL", 3, "12.50"));
        on.close(NORDMAR, "2026-11");
    }

    @AfterAll
    static void shut() throws IOException {
        hub.close();
        server.close();
    }

    @Test
    void theLedgerIsTheSameToTheHashAsOverH2() {
        try (TestHub other = new TestHub()) {
            trade(other);
            assertThat(hub.ledger().trialBalance()).isEqualTo(other.ledger().trialBalance());
            assertThat(hub.balances()).isEqualTo(other.balances());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ledger_entry, UPDATE ledger_entry SET amount_minor = 1",
        "ledger_entry, DELETE FROM ledger_entry WHERE amount_minor = 313",
        "ledger_entry, TRUNCATE ledger_entry",
        "commission_agreement, UPDATE commission_agreement SET rate = '3'",
        "commission_agreement, DELETE FROM commission_agreement",
        "commission_line, UPDATE commission_line SET base_minor = 1",
        "commission_line, DELETE FROM commission_line",
        "commission_statement, UPDATE commission_statement SET content = ''",
        "commission_statement, TRUNCATE commission_statement"
    })
    void theDatabaseItselfRefusesToChangeWhatWasBooked(String table, String change) {
        Sha256 before = hub.ledger().trialBalance().hash();
        assertThatThrownBy(() -> hub.jdbc.sql(change).update())
                .hasMessageContaining("%s is append-only: correct it by a posting".formatted(table));
        assertThat(hub.ledger().trialBalance().hash()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE ledger_entry SET amount_minor = 1", "TRUNCATE ledger_entry"})
    void evenARebuildMayOnlyDelete(String change) {
        hub.jdbc
                .sql("SELECT set_config('lonja.rebuild', 'on', false)")
                .query(String.class)
                .single();
        try {
            assertThatThrownBy(() -> hub.jdbc.sql(change).update()).hasMessageContaining("is append-only");
        } finally {
            hub.jdbc
                    .sql("SELECT set_config('lonja.rebuild', 'off', false)")
                    .query(String.class)
                    .single();
        }
    }

    @Test
    void aRebuildReachesTheSameLedgerAndLocksItAgain() {
        TrialBalance before = hub.ledger().trialBalance();
        hub.rebuild();
        assertThat(hub.ledger().trialBalance()).isEqualTo(before);
        assertThat(before.entries()).isPositive();
        assertThatThrownBy(() -> hub.jdbc.sql("DELETE FROM ledger_entry").update())
                .hasMessageContaining("is append-only");
    }
}
