package io.lonja.transport.https;

import io.lonja.access.Callers;
import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.KeySafe;
import io.lonja.archive.Spool;
import io.lonja.intake.ContentLimit;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.SendingTime;
import io.lonja.intake.Transmission;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the TLS door and the resource behind it; the one place of this channel that knows Camel. */
@Configuration(proxyBeanMethods = false)
class HttpsConfiguration {

    private static final String SEAM = "direct:https-inbound";

    @Bean
    TlsConnector tlsConnector(
            KeySafe safe,
            Clock clock,
            ContentLimit limit,
            SendingTime sendingTime,
            @Value("${lonja.https.port:8443}") int port,
            @Value("${lonja.https.certificate:}") String certificate,
            @Value("${lonja.https.key:}") String key) {
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new IllegalStateException("lonja.https.certificate and lonja.https.key go together; one is missing");
        }
        return new TlsConnector(
                port,
                certificate.isEmpty()
                        ? ServerCertificate.in(safe, clock.instant())
                        : ServerCertificate.read(Path.of(certificate), Path.of(key)),
                2 * limit.bytes() - 1,
                sendingTime);
    }

    @Bean
    InterchangeSubmission interchangeSubmission(
            Callers callers, ContentLimit limit, SendingTime sendingTime, Spool spool, ProducerTemplate camel) {
        return new InterchangeSubmission(callers, limit, sendingTime, spool, transmission -> hand(camel, transmission));
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
