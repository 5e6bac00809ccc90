package io.lonja;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A fresh index database with every migration applied, for one test. */
public final class TestDatabase {

    private TestDatabase() {}

    /** The databases that the hub's SQL is written for: what one of them does, the other must do. */
    public enum Vendor {
        H2(TestDatabase::h2),
        POSTGRESQL(TestDatabase::postgresql);

        private final Supplier<DataSource> fresh;

        Vendor(Supplier<DataSource> fresh) {
            this.fresh = fresh;
        }

        public DataSource fresh() {
            return fresh.get();
        }
    }

    /** H2 as the hub opens it, but in memory; gone when the JVM ends. */
    public static DataSource h2() {
        DataSource source = empty();
        JdbcClient.create(source).sql(MigratedH2.SCRIPT).update();
        return source;
    }

    /** H2 in memory without a table. */
    static DataSource empty() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
        return source;
    }

    /** What makes this H2 database again, with what Flyway wrote down. */
    static String script(DataSource h2) {
        return JdbcClient.create(h2).sql("SCRIPT NOSETTINGS").query(String.class).list().stream()
                .filter(statement -> !statement.startsWith("CREATE USER"))
                .collect(Collectors.joining("\n"));
    }

    /** A database of its own on the PostgreSQL that all tests of this JVM share; gone when the JVM ends. */
    public static DataSource postgresql() {
        String name = "test_" + PostgresqlServer.DATABASES.incrementAndGet();
        JdbcClient.create(PostgresqlServer.SERVER.getPostgresDatabase())
                .sql("CREATE DATABASE %s TEMPLATE %s".formatted(name, PostgresqlServer.TEMPLATE))
                .update();
        return PostgresqlServer.SERVER.getDatabase("postgres", name);
    }

    /** Applies the migrations of this vendor: {@code h2} or {@code postgresql}. */
    public static DataSource migrated(DataSource source, String vendor) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/common", "classpath:db/migration/" + vendor)
                .load()
                .migrate();
        return source;
    }

    /** Migrated once: Flyway takes longer than most tests. */
    private static final class MigratedH2 {
        private static final String SCRIPT = script(migrated(empty(), "h2"));
    }

    /** Started with the first test that asks; the server stops itself with the JVM. */
    private static final class PostgresqlServer {

        private static final String TEMPLATE = "migrated";
        private static final AtomicInteger DATABASES = new AtomicInteger();
        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        // No test cuts the power, and every database is made and thrown away.
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .start();
                JdbcClient.create(server.getPostgresDatabase())
                        .sql("CREATE DATABASE " + TEMPLATE)
                        .update();
                migrated(server.getDatabase("postgres", TEMPLATE), "postgresql");
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL does not start", e);
            }
        }
    }
}
