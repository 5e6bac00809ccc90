package io.lonja.archive;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
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

    @Bean
    @ConditionalOnProperty(name = "lonja.archive", havingValue = "files", matchIfMissing = true)
    Archive archive(DataFolder home, Clock clock) {
        return SegmentArchive.open(home.folder("archive"), clock);
    }
}
