package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedDatabaseTests {

    @TempDir
    Path folder;

    private String url;

    @BeforeEach
    void inTheFolder() {
        url = "jdbc:h2:file:" + folder.resolve("index") + ";DB_CLOSE_ON_EXIT=FALSE";
    }

    @Test
    void keepsWhatWasClosedInOrder() throws Exception {
        EmbeddedDatabase first = start();
        write();
        first.close();

        EmbeddedDatabase second = start();

        assertThat(hasTable()).isTrue();
        second.close();
    }

    @Test
    void deletesWhatWasNotClosed() throws Exception {
        start();
        write();

        EmbeddedDatabase next = start();

        assertThat(hasTable()).isFalse();
        next.close();
    }

    @Test
    void doesNotTakeForClosedWhatIsStillOpen() throws Exception {
        EmbeddedDatabase first = start();
        write();
        try (Connection forgotten = DriverManager.getConnection(url)) {
            first.close();
            assertThat(forgotten.isValid(1)).isTrue();
        }

        start();

        assertThat(hasTable()).isFalse();
    }

    @Test
    void keepsAFileFromBeforeThatHasNoSign() throws Exception {
        write();

        start().close();

        assertThat(hasTable()).isTrue();
    }

    @Test
    void takesAFolderWithoutADatabase() {
        start().close();

        assertThat(start()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:x",
                "jdbc:h2:tcp://127.0.0.1/~/x",
                "jdbc:postgresql://db/lonja",
                "jdbc:h2:zip:~/x.zip!/y",
                ""
            })
    void leavesAloneWhatIsNoFileOfThisProcess(String elsewhere) {
        assertThat(EmbeddedDatabase.of(elsewhere)).isEmpty();
    }

    @Test
    void findsTheFileWithoutItsPrefix() throws Exception {
        write();
        url = url.replace("file:", "");
        start();

        start();

        assertThat(Files.exists(folder.resolve("index.mv.db"))).isFalse();
    }

    private EmbeddedDatabase start() {
        EmbeddedDatabase database = EmbeddedDatabase.of(url).orElseThrow();
        database.open();
        return database;
    }

    private void write() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.createStatement().execute("CREATE TABLE kept (id INT)");
        }
    }

    private boolean hasTable() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var tables = connection.getMetaData().getTables(null, null, "KEPT", null)) {
            return tables.next();
        }
    }
}
