package io.lonja.partner;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class PartnerConfiguration {

    private static final int PHASE_AFTER_THE_ARCHIVE = 200;

    @Bean
    ArchivedProfiles archivedProfiles(JdbcClient database) {
        return new ArchivedProfiles(database);
    }

    @Bean
    LivePartners tradingPartners(
            @Value("${lonja.config}") Path config,
            @Value("${lonja.partners.also:}") String also,
            @Value("${lonja.home}") Path home,
            ArchivedProfiles archived,
            Archive archive,
            Appliers appliers,
            Alarms alarms,
            Clock clock) {
        return new LivePartners(
                new PartnerFolders(roots(config, also), config.resolve("schemas"), home),
                archived,
                archive,
                appliers,
                alarms,
                clock);
    }

    @Bean
    ChangedFolders changedFolders(
            @Value("${lonja.config}") Path config,
            @Value("${lonja.partners.also:}") String also,
            LivePartners partners) {
        return new ChangedFolders(roots(config, also), partners);
    }

    private static List<Path> roots(Path config, String also) {
        List<Path> roots = new ArrayList<>(List.of(config.resolve("partners")));
        if (!also.isBlank()) {
            roots.add(Path.of(also));
        }
        return roots;
    }

    /** After the archive took effect in the database, before anything asks who a caller is. */
    @Bean
    SmartLifecycle partnersGoLive(ChangedFolders folders) {
        return new SmartLifecycle() {

            private volatile boolean running;

            @Override
            public void start() {
                folders.takeStock();
                running = true;
            }

            @Override
            public void stop() {
                running = false;
            }

            @Override
            public boolean isRunning() {
                return running;
            }

            @Override
            public int getPhase() {
                return PHASE_AFTER_THE_ARCHIVE;
            }
        };
    }
}
