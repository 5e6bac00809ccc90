package io.lonja.account;

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
}
