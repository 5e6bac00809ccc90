package io.lonja;

import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;

/** A fresh index database with every migration applied, in memory, for one test. */
public final class TestDatabase {

    private TestDatabase() {}

    /** H2 as the hub opens it, but in memory; gone when the JVM ends. */
    public static DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
        return migrated(source, "h2");
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
}
