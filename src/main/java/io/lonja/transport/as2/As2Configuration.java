package io.lonja.transport.as2;

import io.lonja.alarm.Alarms;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.DataFolder;
import io.lonja.archive.KeySafe;
import io.lonja.archive.Spool;
import io.lonja.delivery.Deliveries;
import io.lonja.delivery.DeliveryLanes;
import io.lonja.intake.ContentLimit;
import io.lonja.intake.Intake;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.SendingTime;
import io.lonja.intake.Transmission;
import io.lonja.partner.Secrets;
import io.lonja.partner.TradingPartners;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the AS2 door and the sender; the one place of this channel that knows Camel. */
@Configuration(proxyBeanMethods = false)
class As2Configuration {

    private static final String PATH = "/as2";
    private static final String SEAM = "direct:as2-inbound";

    /** Nothing is worked on between a small MDN and the answer to it. */
    private static final Duration MDN_TAKEN_WITHIN = Duration.ofSeconds(30);

    @Bean
    OurNames as2Names(
            @Value("${lonja.identity.as2:LONJA}") String main,
            @Value("${lonja.identity.as2-also:}") List<String> also) {
        return new OurNames(main, also);
    }

    @Bean
    OwnKeys as2Keys(KeySafe safe, OurNames ourNames, Clock clock) {
        return OwnKeys.in(safe, ourNames, clock);
    }

    @Bean
    As2Reception as2Reception(
            TradingPartners partners,
            OwnKeys ownKeys,
            Clock clock,
            ContentLimit limit,
            Intake intake,
            Archive archive,
            Spool spool,
            ProducerTemplate camel,
            Appliers appliers,
            Deliveries deliveries,
            DeliveryLanes lanes,
            SentMessages sent,
            OpenerCounters counters,
            OurNames ourNames) {
        Relationships relationships = new Relationships(partners, ownKeys, ourNames, clock, limit);
        return new As2Reception(
                relationships,
                ownKeys,
                intake,
                archive,
                spool,
                transmission -> hand(camel, transmission),
                new OwedMdns(archive, appliers, deliveries, lanes::wake, clock),
                new MdnReception(relationships, sent, deliveries, intake, archive, clock),
                counters);
    }

    @Bean
    OpenerCounters as2OpenerCounters() {
        return new OpenerCounters();
    }

    @Bean
    CertificateCare certificateCare(
            TradingPartners partners,
            OwnKeys ownKeys,
            Alarms alarms,
            OpenAlarms open,
            Clock clock,
            @Value("${lonja.as2.certificates-every:1h}") Duration every) {
        return new CertificateCare(partners::all, ownKeys, alarms, open, clock, every);
    }

    @Bean
    As2WireEvidence as2WireEvidence(Archive archive, Spool spool) {
        return new As2WireEvidence(archive, spool);
    }

    @Bean
    SentEffect as2SentEffect(JdbcClient jdbc) {
        return new SentEffect(jdbc);
    }

    @Bean
    SentMessages as2SentMessages(Archive archive, Appliers appliers, JdbcClient jdbc) {
        return new SentMessages(archive, appliers, jdbc);
    }

    @Bean
    As2Sender as2Sender(
            SentMessages sent,
            Archive archive,
            Spool spool,
            OwnKeys ownKeys,
            Clock clock,
            OurNames ourNames,
            DataFolder home,
            KeySafe safe,
            @Value("${lonja.as2.answer-within:2m}") Duration answerWithin,
            @Value("${lonja.as2.public-url:}") String publicUrl) {
        return new As2Sender(
                sent,
                archive,
                spool,
                ownKeys,
                ourNames,
                clock,
                new As2Connection(answerWithin, clock),
                lines(home, safe),
                publicUrl);
    }

    @Bean
    MdnSender as2MdnSender(Archive archive, DataFolder home, KeySafe safe, Clock clock) {
        return new MdnSender(
                archive, new As2Connection(MDN_TAKEN_WITHIN, clock), lines(home, safe), InetAddress::getAllByName);
    }

    private static Lines lines(DataFolder home, KeySafe safe) {
        return new Lines(Secrets.in(home.root()), safe);
    }

    @Bean
    As2Valve as2Valve() {
        return new As2Valve();
    }

    @Bean
    ServletRegistrationBean<As2Servlet> as2Servlet(
            As2Reception reception, ContentLimit limit, SendingTime sendingTime, Spool spool) {
        ServletRegistrationBean<As2Servlet> servlet =
                new ServletRegistrationBean<>(new As2Servlet(reception, limit, sendingTime, spool), PATH);
        servlet.setName(As2Valve.SERVLET);
        return servlet;
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
