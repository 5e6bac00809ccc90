package io.lonja.archive;

import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Time, the data folder and the archive in it. */
@Configuration(proxyBeanMethods = false)
class ArchiveConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    DataFolder dataFolder(@Value("${lonja.home:./data}") Path home) {
        return DataFolder.at(home);
    }

    /** After the archive has its lock: another process may work in this folder before. */
    @Bean
    Spool spool(DataFolder home, Archive archive) {
        return Spool.in(home);
    }

    /** LONJA_KEYS_PASSPHRASE and LONJA_KEYS_PASSPHRASE_FILE in the environment. */
    @Bean
    KeySafe keySafe(
            DataFolder home,
            @Value("${lonja.keys.passphrase:}") String passphrase,
            @Value("${lonja.keys.passphrase-file:}") String passphraseFile) {
        return KeySafe.in(home, passphrase, passphraseFile);
    }

    @Bean
    @ConditionalOnProperty(name = "lonja.archive", havingValue = "files", matchIfMissing = true)
    Archive archive(DataFolder home, Clock clock) {
        return SegmentArchive.open(home.folder("archive"), clock);
    }

    @Bean
    @ConditionalOnProperty(name = "lonja.archive", havingValue = "database")
    @DependsOnDatabaseInitialization
    Archive archiveInDatabase(DataSource database, Clock clock, @Value("${spring.datasource.url:}") String url) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalStateException(
                    "lonja.archive=database needs PostgreSQL, but spring.datasource.url is '%s': set a jdbc:postgresql URL, or lonja.archive=files"
                            .formatted(url));
        }
        return PostgresArchive.over(database, clock);
    }
}
