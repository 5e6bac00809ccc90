package io.lonja.alarm;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class AlarmConfiguration {

    @Bean
    JdbcAlarms alarms(JdbcClient jdbc) {
        return new JdbcAlarms(jdbc);
    }

    @Bean
    OpenAlarms openAlarms(JdbcClient jdbc) {
        return new OpenAlarms(jdbc);
    }
}
