package io.lonja.archive;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the database again from the archive alone. It appends nothing, sends nothing and takes no new numbers; run it
 * while no hub works on the database.
 */
public final class Rebuild {

    private static final String FLYWAY = "flyway_schema_history";

    /** Tables of an archive that is kept in the same database: the one thing nobody can make again. */
    private static final String ARCHIVE = "archive_";

    private final DataSource database;
    private final TransactionTemplate transactions;
    private final JdbcAppliers appliers;
    private final Archive archive;

    Rebuild(
            DataSource database,
            PlatformTransactionManager transactionManager,
            JdbcAppliers appliers,
            Archive archive) {
        this.database = database;
        this.transactions = new TransactionTemplate(transactionManager);
        this.appliers = appliers;
        this.archive = archive;
    }

    /**
     * Empties every table but the archive and the history of migrations, in one transaction, and replays all lanes.
     *
     * @return how many entries were replayed
     * @throws IllegalStateException when an effect fails; the message names entry, type and effect
     */
    public long run() {
        transactions.executeWithoutResult(status -> {
            JdbcClient jdbc = JdbcClient.create(database);
            List<String> tables = new JdbcTemplate(database).execute(Rebuild::childrenFirst);
            allowEmptying(jdbc);
            if (tables != null) {
                tables.forEach(table -> jdbc.sql("DELETE FROM " + table).update());
            }
        });
        appliers.forget();
        appliers.catchUpAll();
        return archive.size();
    }

    /** PostgreSQL refuses to delete from append-only tables, but for the transaction that says it is a rebuild. */
    private void allowEmptying(JdbcClient jdbc) {
        String product = new JdbcTemplate(database)
                .execute((Connection connection) -> connection.getMetaData().getDatabaseProductName());
        if ("PostgreSQL".equals(product)) {
            jdbc.sql("SELECT set_config('lonja.rebuild', 'on', true)")
                    .query(String.class)
                    .single();
        }
    }

    /** The tables of the connection's schema, every one before those that it refers to. */
    private static List<String> childrenFirst(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        Map<String, Set<String>> parents = new LinkedHashMap<>();
        try (ResultSet tables = metaData.getTables(
                connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                String table = tables.getString("TABLE_NAME");
                String name = table.toLowerCase(Locale.ROOT);
                if (!name.equals(FLYWAY) && !name.startsWith(ARCHIVE)) {
                    parents.put(table, new TreeSet<>());
                }
            }
        }
        for (Map.Entry<String, Set<String>> table : parents.entrySet()) {
            try (ResultSet keys =
                    metaData.getImportedKeys(connection.getCatalog(), connection.getSchema(), table.getKey())) {
                while (keys.next()) {
                    table.getValue().add(keys.getString("PKTABLE_NAME"));
                }
            }
            table.getValue().remove(table.getKey());
        }
        List<String> order = new ArrayList<>();
        while (!parents.isEmpty()) {
            List<String> childless = parents.keySet().stream()
                    .filter(table -> parents.values().stream().noneMatch(of -> of.contains(table)))
                    .toList();
            if (childless.isEmpty()) {
                throw new IllegalStateException("These tables refer to each other in a circle: " + parents.keySet());
            }
            order.addAll(childless);
            parents.keySet().removeAll(childless);
        }
        return order;
    }
}
