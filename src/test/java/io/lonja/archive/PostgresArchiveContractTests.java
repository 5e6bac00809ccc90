package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over PostgreSQL, and what only several nodes can do to each other. */
class PostgresArchiveContractTests extends ArchiveContract {

    private static EmbeddedPostgres server;
    private static DataSource database;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.builder().start();
        database = TestDatabase.migrated(server.getPostgresDatabase(), "postgresql");
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    @BeforeEach
    void openArchive() {
        execute("TRUNCATE archive_payload, archive_entry, archive_node");
        execute("UPDATE archive_head SET size = 0, arrived_at = 0, edge = ''");
        super.openArchive();
    }

    @Override
    Archive open(Clock clock) {
        return PostgresArchive.over(database, clock);
    }

    @Test
    void letsTwoNodesAppendToOneSequence() throws Exception {
        try (Archive other = open(clock)) {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<Future<List<Entry>>> results = new ArrayList<>();
            for (Archive node : List.of(archive, other)) {
                Callable<List<Entry>> work = () -> {
                    List<Entry> mine = new ArrayList<>();
                    for (int i = 0; i < 50; i++) {
                        mine.add(node.append(draft("n" + i)));
                    }
                    return mine;
                };
                results.add(threads.submit(work));
            }
            List<Entry> appended = new ArrayList<>();
            for (Future<List<Entry>> result : results) {
                appended.addAll(result.get());
            }
            threads.shutdown();

            assertThat(other.entriesAfter(0, 1_000)).hasSize(100).containsExactlyInAnyOrderElementsOf(appended);
            assertThat(other.treeHead()).isEqualTo(archive.treeHead());
        }
    }

    @Test
    void hasTheSameTreeAsTheSegmentFiles(@TempDir Path folder) {
        try (Archive files = SegmentArchive.open(folder, clock)) {
            for (int i = 0; i < 25; i++) {
                assertThat(archive.append(draft("same " + i))).isEqualTo(files.append(draft("same " + i)));
            }
            assertThat(archive.treeHead()).isEqualTo(files.treeHead());
            assertThat(archive.inclusionProof(new EntryId(7), 25)).isEqualTo(files.inclusionProof(new EntryId(7), 25));
            assertThat(archive.consistencyProof(9, 25)).isEqualTo(files.consistencyProof(9, 25));
        }
    }

    @Test
    void noticesAChangedPayloadAndAChangedHeader() {
        Entry entry = archive.append(draft("genuine"));
        execute("UPDATE archive_payload SET bytes = 'forged'");
        assertThatThrownBy(() -> archive.payload(entry.id()))
                .isInstanceOf(ArchiveDamagedException.class)
                .hasMessageContaining("entry 1");

        execute("UPDATE archive_entry SET header = '\\x00'");
        assertThatThrownBy(() -> archive.entry(entry.id())).isInstanceOf(ArchiveDamagedException.class);
    }

    @Test
    void leavesNothingOfABatchThatTheDatabaseRefused() {
        archive.append(draft("before"));
        TreeHead head = archive.treeHead();
        execute("ALTER TABLE archive_payload ADD CONSTRAINT small CHECK (octet_length(bytes) < 100)");
        try {
            assertThatThrownBy(() -> archive.append(List.of(draft("small"), draft("x".repeat(200)))))
                    .isInstanceOf(ArchiveUnavailableException.class);
        } finally {
            execute("ALTER TABLE archive_payload DROP CONSTRAINT small");
        }
        assertThat(archive.treeHead()).isEqualTo(head);
        assertThat(archive.append(draft("after")).id()).isEqualTo(new EntryId(2));
    }

    private static void execute(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
