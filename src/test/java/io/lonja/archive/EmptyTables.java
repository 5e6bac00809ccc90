package io.lonja.archive;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes an H2 database as good as new, hundreds of times faster than to migrate or to rebuild it. */
public final class EmptyTables {

    private EmptyTables() {}

    /** Empties every table but the history of migrations; the appliers begin again at the archive's first entry. */
    public static void of(JdbcClient jdbc, Appliers appliers) {
        List<String> tables = jdbc.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'"
                        + " AND table_name <> 'flyway_schema_history'")
                .query(String.class)
                .list();
        jdbc.sql("SET REFERENTIAL_INTEGRITY FALSE").update();
        tables.forEach(table -> jdbc.sql("DELETE FROM " + table).update());
        jdbc.sql("SET REFERENTIAL_INTEGRITY TRUE").update();
        ((JdbcAppliers) appliers).forget();
    }
}
