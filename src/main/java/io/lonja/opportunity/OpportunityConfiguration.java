package io.lonja.opportunity;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opportunities. */
@Configuration(proxyBeanMethods = false)
class OpportunityConfiguration {

    @Bean
    Opportunities opportunities(JdbcClient jdbc) {
        return new Opportunities(jdbc);
    }
}
