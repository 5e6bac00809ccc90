package io.lonja.mapping;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Commands;
import io.lonja.document.DocumentRegister;
import io.lonja.document.GuideVersions;
import io.lonja.edi.ApplicationAdvices;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.InterchangeReader;
import io.lonja.edi.ReadingAgreements;
import io.lonja.edi.Standard;
import io.lonja.edi.WireParty;
import io.lonja.partner.Agreement;
import io.lonja.partner.TradingPartners;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Mapping as a step of the pipeline. */
@Configuration(proxyBeanMethods = false)
class MappingConfiguration {

    @Bean
    ReadingAgreements readingAgreements(TradingPartners partners) {
        return new PartnerAgreements(partners);
    }

    @Bean
    RegisteredHolds registeredHolds(
            DocumentRegister documents, MappedReceipts mapped, GuideVersions guides, TradingPartners partners) {
        return new RegisteredHolds(documents, mapped, guides, partners);
    }

    @Bean
    MappedReceipts mappedReceipts(JdbcClient jdbc) {
        return new MappedReceipts(jdbc);
    }

    /** What partners send by agreement is prepared while the hub starts, so that the first document does not wait. */
    @Bean
    Mapping mapping(@Value("${lonja.config}") Path config, TradingPartners partners) {
        return Mapping.of(config.resolve("schemas"))
                .warmed(partners.all().stream()
                        .flatMap(partner -> partner.agreements().stream())
                        .filter(agreement -> agreement.direction() == Agreement.Direction.INBOUND)
                        .map(Agreement::guide)
                        .toList());
    }

    @Bean
    GuidesGoLive guidesGoLive(Mapping mapping, GuideVersions versions, Appliers appliers) {
        return new GuidesGoLive(mapping, versions, appliers);
    }

    @Bean
    Mapper mapper(
            Archive archive,
            Appliers appliers,
            InterchangeReader reader,
            InterchangeParser parser,
            Mapping mapping,
            TradingPartners partners,
            MappedReceipts receipts,
            ApplicationAdvices advices,
            DocumentRegister documents,
            @Value("${lonja.identity.x12:ZZ/LONJA}") String x12,
            @Value("${lonja.identity.edifact:ZZ/LONJA}") String edifact) {
        return new Mapper(
                archive,
                appliers,
                reader,
                parser,
                mapping,
                partners,
                new PartyFinder(partners, hub(x12, edifact)),
                receipts,
                advices,
                documents);
    }

    @Bean
    Replays replays(JdbcClient jdbc, DocumentRegister documents, Commands.Outcomes outcomes) {
        return new Replays(jdbc, documents, outcomes);
    }

    @Bean
    DueReplays dueReplays(Appliers appliers, Replays replays, Mapper mapper, Alarms alarms, Clock clock) {
        return new DueReplays(appliers, replays, mapper, alarms, clock);
    }

    /** Who the hub is in envelopes of each standard. */
    static Map<Standard, WireParty> hub(String x12, String edifact) {
        return Map.of(
                Standard.X12, wireParty("lonja.identity.x12", x12),
                Standard.EDIFACT, wireParty("lonja.identity.edifact", edifact));
    }

    private static WireParty wireParty(String setting, String identity) {
        int slash = identity.indexOf('/');
        if (slash < 1 || slash == identity.length() - 1) {
            throw new IllegalArgumentException(
                    "%s is %s, it must be qualifier and name: ZZ/LONJA".formatted(setting, identity));
        }
        return new WireParty(identity.substring(0, slash), identity.substring(slash + 1));
    }
}
