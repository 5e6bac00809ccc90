package io.lonja.catalogue;

import io.lonja.archive.Commands;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The catalogue and what writes to it. */
@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {

    @Bean
    Catalogue catalogue(JdbcClient jdbc) {
        return new Catalogue(jdbc);
    }

    @Bean
    CatalogueCommands catalogueCommands(Catalogue catalogue, Commands.Outcomes outcomes) {
        return new CatalogueCommands(catalogue, outcomes);
    }
}
