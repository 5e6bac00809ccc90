package io.lonja.edi;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reading as a step of the pipeline: over the archive, with its memory in the database. */
@Configuration(proxyBeanMethods = false)
class ReadingConfiguration {

    @Bean
    InterchangeIndex interchangeIndex(JdbcClient jdbc) {
        return new InterchangeIndex(jdbc);
    }

    @Bean
    InterchangeEffect interchangeEffect(InterchangeIndex index, JdbcClient jdbc, Alarms alarms) {
        return new InterchangeEffect(index, new MissingInterchanges(jdbc, alarms), alarms);
    }

    @Bean
    SentInterchanges sentInterchanges(JdbcClient jdbc) {
        return new SentInterchanges(jdbc);
    }

    @Bean
    AcknowledgedEffect acknowledgedEffect(SentInterchanges sent, Alarms alarms) {
        return new AcknowledgedEffect(sent, alarms);
    }

    @Bean
    AwaitedAcknowledgments awaitedAcknowledgments(
            Archive archive, Appliers appliers, SentInterchanges sent, Clock clock) {
        return new AwaitedAcknowledgments(archive, appliers, sent, clock);
    }

    @Bean
    ControlNumbers controlNumbers(Archive archive, Appliers appliers, InterchangeIndex index) {
        return new ControlNumbers(archive, appliers, index);
    }

    @Bean
    ApplicationAdvices applicationAdvices(
            Archive archive, Appliers appliers, ControlNumbers numbers, InterchangeIndex index, Clock clock) {
        return new ApplicationAdvices(archive, appliers, numbers, index, clock);
    }

    @Bean
    InterchangeReader interchangeReader(
            Archive archive,
            Appliers appliers,
            InterchangeParser parser,
            AcknowledgmentWriter writer,
            ReadingAgreements agreements,
            InterchangeIndex index,
            HeldDocuments heldDocuments,
            ControlNumbers numbers,
            Clock clock) {
        return new InterchangeReader(
                archive,
                appliers,
                parser,
                writer,
                agreements,
                index,
                heldDocuments,
                numbers,
                clock,
                Runtime.getRuntime().maxMemory() / InterchangeReader.MEMORY_TIMES);
    }
}
