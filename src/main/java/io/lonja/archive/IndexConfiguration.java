package io.lonja.archive;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/** A database that is an index of an archive in files; one that holds the archive is PostgreSQL's own affair. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "lonja.archive", havingValue = "files", matchIfMissing = true)
class IndexConfiguration {

    private static final String FILE = "indexFile";

    /** After the archive has its lock: another process may have the database open before. */
    @Bean(FILE)
    AutoCloseable indexFile(@Value("${spring.datasource.url:}") String url, Archive archive) {
        Optional<EmbeddedDatabase> embedded = EmbeddedDatabase.of(url);
        embedded.ifPresent(EmbeddedDatabase::open);
        return () -> embedded.ifPresent(EmbeddedDatabase::close);
    }

    /** Opened after the file was looked at, closed before. */
    @Bean
    static BeanFactoryPostProcessor indexFileFirst() {
        return beans -> {
            for (String name : beans.getBeanNamesForType(DataSource.class, true, false)) {
                BeanDefinition database = beans.getBeanDefinition(name);
                database.setDependsOn(StringUtils.addStringToArray(database.getDependsOn(), FILE));
            }
        };
    }
}
