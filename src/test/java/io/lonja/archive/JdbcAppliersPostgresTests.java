package io.lonja.archive;

import io.lonja.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcAppliersPostgresTests extends JdbcAppliersContract {

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
    DataSource freshDatabase() {
        JdbcClient.create(database)
                .sql("TRUNCATE applied_through, command_outcome")
                .update();
        return database;
    }
}
