package io.lonja.tracking;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.delivery.Deliveries;
import io.lonja.document.DocumentRegister;
import io.lonja.document.GuideVersions;
import io.lonja.edi.InterchangeReader;
import io.lonja.intake.Receipts;
import io.lonja.partner.TradingPartners;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class TrackingConfiguration {

    @Bean
    TrackingEffect trackingEffect(JdbcClient jdbc) {
        return new TrackingEffect(jdbc);
    }

    @Bean
    OutcomeEffect outcomeEffect(DocumentRegister documents, JdbcClient jdbc) {
        return new OutcomeEffect(documents, jdbc);
    }

    @Bean
    ConservationGauges conservationGauges(Interchanges interchanges, Clock clock) {
        return new ConservationGauges(interchanges, clock);
    }

    @Bean
    ReadOutcomes readOutcomes(
            Receipts receipts,
            InterchangeReader reader,
            DocumentRegister documents,
            GuideVersions guides,
            TradingPartners partners) {
        return new ReadOutcomes(receipts, reader, documents, guides, partners);
    }

    @Bean
    Interchanges interchanges(
            JdbcClient jdbc,
            Appliers appliers,
            Receipts receipts,
            Archive archive,
            Deliveries deliveries,
            DocumentRegister documents) {
        return new Interchanges(jdbc, appliers, receipts, new LifeStory(archive, deliveries, documents));
    }
}
