package io.lonja.delivery;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Commands;
import io.lonja.partner.TradingPartners;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean
    DeliveryBook deliveryBook(JdbcClient jdbc) {
        return new DeliveryBook(jdbc);
    }

    @Bean
    OwedEffect owedEffect(DeliveryBook book) {
        return new OwedEffect(book);
    }

    @Bean
    DeliveryChangeEffect deliveryChangeEffect(DeliveryBook book, Alarms alarms, Commands.Outcomes outcomes) {
        return new DeliveryChangeEffect(book, alarms, outcomes);
    }

    @Bean
    DeliveryLanes deliveryLanes(
            Deliveries deliveries,
            JdbcClient jdbc,
            Clock clock,
            TradingPartners partners,
            Departures departures,
            @Value("${lonja.delivery.lanes:8}") int atOnceMax) {
        return new DeliveryLanes(deliveries, new LaneLeases(jdbc, clock), partners, departures, atOnceMax);
    }

    @Bean
    Deliveries deliveries(
            Archive archive,
            Appliers appliers,
            Commands commands,
            DeliveryBook book,
            Clock clock,
            @Value("${lonja.delivery.overdue-after:24h}") Duration overdueAfter) {
        return new Deliveries(archive, appliers, commands, book, clock, overdueAfter);
    }
}
