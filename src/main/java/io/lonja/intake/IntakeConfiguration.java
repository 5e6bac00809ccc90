package io.lonja.intake;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    @Bean
    Receipts receipts(Archive archive, JdbcClient jdbc) {
        return new Receipts(archive, jdbc);
    }

    @Bean
    ReceiptEffect receiptEffect(JdbcClient jdbc, Alarms alarms) {
        return new ReceiptEffect(jdbc, alarms);
    }

    @Bean
    ContentLimit contentLimit(@Value("${lonja.intake.content-max:100MB}") DataSize contentMax) {
        return new ContentLimit((int) Math.min(contentMax.toBytes(), Integer.MAX_VALUE));
    }

    @Bean
    SendingTime sendingTime(@Value("${lonja.intake.sent-within:30s}") Duration within) {
        return new SendingTime(within);
    }

    @Bean
    DurableIntake intake(
            Archive archive,
            Appliers appliers,
            Receipts receipts,
            ReceiptOutcomes outcomes,
            Clock clock,
            ContentLimit contentLimit) {
        return new DurableIntake(archive, appliers, receipts, outcomes, clock, contentLimit);
    }
}
