package io.lonja.account;

import io.lonja.catalogue.Catalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Account histories. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

    @Bean
    AccountHistory accountHistory(JdbcClient jdbc) {
        return new AccountHistory(jdbc);
    }

    @Bean
    PricesPaid pricesPaid(JdbcClient jdbc) {
        return new PricesPaid(jdbc);
    }

    @Bean
    Savings savings(PricesPaid prices, Catalogue catalogue) {
        return new Savings(prices, catalogue);
    }
}
