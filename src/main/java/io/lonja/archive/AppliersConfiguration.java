package io.lonja.archive;

import io.lonja.alarm.Alarms;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** How archived entries take effect in the database. */
@Configuration(proxyBeanMethods = false)
class AppliersConfiguration {

    @Bean
    JdbcAppliers appliers(
            Archive archive,
            JdbcClient jdbc,
            PlatformTransactionManager transactionManager,
            ObjectProvider<Effect> effects,
            Alarms alarms,
            Clock clock) {
        return new JdbcAppliers(
                archive, jdbc, transactionManager, () -> effects.stream().toList(), alarms, clock);
    }

    @Bean
    RecordedOutcomes outcomes(JdbcClient jdbc) {
        return new RecordedOutcomes(jdbc);
    }

    @Bean
    ArchivedCommands commands(Archive archive, Appliers appliers, RecordedOutcomes outcomes) {
        return new ArchivedCommands(archive, appliers, outcomes);
    }

    @Bean
    Rebuild rebuild(
            DataSource database,
            PlatformTransactionManager transactionManager,
            JdbcAppliers appliers,
            Archive archive) {
        return new Rebuild(database, transactionManager, appliers, archive);
    }
}
