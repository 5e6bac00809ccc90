package io.lonja.transport.sftp;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Archive;
import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.DataFolder;
import io.lonja.archive.Spool;
import io.lonja.delivery.Deliveries;
import io.lonja.intake.ContentLimit;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.Transmission;
import io.lonja.partner.SftpChannel;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the drop-box; the one place of this channel that knows Camel. */
@Configuration(proxyBeanMethods = false)
class SftpConfiguration {

    private static final String SEAM = "direct:sftp-inbound";

    @Bean
    SftpLimits sftpLimits(
            ContentLimit content,
            @Value("${lonja.sftp.sessions-max:64}") int sessionsMax,
            @Value("${lonja.sftp.sessions-per-partner-max:8}") int sessionsPerPartnerMax,
            @Value("${lonja.sftp.idle-max:10m}") Duration idleMax,
            @Value("${lonja.sftp.waiting-files-max:1000}") int waitingFilesMax) {
        return new SftpLimits(sessionsMax, sessionsPerPartnerMax, idleMax, waitingFilesMax, content.bytes());
    }

    @Bean
    OutboxDeliveries outboxDeliveries(Deliveries deliveries) {
        return new OutboxDeliveries(deliveries);
    }

    @Bean
    DropBoxes dropBoxes(
            DataFolder home,
            SftpLimits limits,
            Spool spool,
            ProducerTemplate camel,
            OutboxDeliveries owed,
            Clock clock) {
        return new DropBoxes(
                home, limits, new Taking(spool, transmission -> hand(camel, transmission)), owed::fetched, clock);
    }

    @Bean
    SftpOutbound sftpOutbound(DropBoxes boxes, Archive archive, Spool spool) {
        return new SftpOutbound(boxes, archive, spool);
    }

    @Bean
    DropBoxCare dropBoxCare(
            DropBoxes boxes,
            OutboxDeliveries owed,
            TradingPartners partners,
            Alarms alarms,
            Clock clock,
            @Value("${lonja.sftp.fetched-kept:72h}") Duration fetchedKept,
            @Value("${lonja.sftp.care-every:1m}") Duration every) {
        return new DropBoxCare(boxes, owed, () -> withDropBox(partners), alarms, clock, fetchedKept, every);
    }

    @Bean
    SftpServer sftpServer(
            @Value("${lonja.sftp.address:127.0.0.1}") String address,
            @Value("${lonja.sftp.port:2222}") int port,
            DataFolder home,
            SftpLimits limits,
            TradingPartners partners,
            DropBoxes boxes) {
        return new SftpServer(
                address, port, home, limits, new PartnerKeys(partner -> authorizedKeys(partners, partner)), boxes);
    }

    private static List<String> authorizedKeys(TradingPartners partners, PartyId partner) {
        return partners.find(partner)
                .flatMap(known -> Optional.ofNullable(known.channels().sftp()))
                .map(SftpChannel::authorizedKeys)
                .orElse(List.of());
    }

    private static List<TradingPartner> withDropBox(TradingPartners partners) {
        return partners.all().stream()
                .filter(partner -> partner.channels().sftp() != null)
                .toList();
    }

    private static IntakeResult hand(ProducerTemplate camel, Transmission transmission) {
        try {
            return camel.requestBody(SEAM, transmission, IntakeResult.class);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof ArchiveUnavailableException unavailable) {
                throw unavailable;
            }
            throw e;
        }
    }
}
