package io.lonja.mapping;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.document.DocumentRegister;
import io.lonja.document.OutgoingDocuments;
import io.lonja.edi.ControlNumbers;
import io.lonja.edi.InterchangeParser;
import io.lonja.partner.ProfilesOfRecord;
import io.lonja.partner.TradingPartners;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Writing as a step of the pipeline. */
@Configuration(proxyBeanMethods = false)
class OutgoingConfiguration {

    @Bean
    OutgoingInterchanges outgoingInterchanges(
            Appliers appliers,
            OutgoingDocuments documents,
            DocumentRegister register,
            Mapping mapping,
            TradingPartners partners,
            ControlNumbers numbers,
            InterchangeParser parser,
            Alarms alarms,
            Clock clock,
            @Value("${lonja.identity.x12:ZZ/LONJA}") String x12,
            @Value("${lonja.identity.edifact:ZZ/LONJA}") String edifact) {
        return new OutgoingInterchanges(
                appliers,
                documents,
                register,
                mapping,
                partners,
                numbers,
                parser,
                alarms,
                clock,
                MappingConfiguration.hub(x12, edifact));
    }

    @Bean
    Forwarding forwarding(ProfilesOfRecord profiles, OutgoingDocuments outgoing) {
        return new Forwarding(profiles, outgoing);
    }
}
