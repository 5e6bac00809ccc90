package io.lonja;

import io.lonja.transport.HttpsEndpoint;
import io.lonja.transport.SftpEndpoint;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says on standard output that the hub takes traffic now: a person, a script or a test waits for this line. */
@Component
class ReadyLine {

    private final HttpsEndpoint https;
    private final SftpEndpoint sftp;

    ReadyLine(HttpsEndpoint https, SftpEndpoint sftp) {
        this.https = https;
        this.sftp = sftp;
    }

    @EventListener
    void print(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            System.out.printf(
                    "Lonja is ready: http://127.0.0.1:%d https://localhost:%d (certificate SHA-256 %s) sftp://127.0.0.1:%d (host key %s) after %.1f s%n",
                    web.getWebServer().getPort(),
                    https.port(),
                    https.fingerprint(),
                    sftp.port(),
                    sftp.fingerprint(),
                    event.getTimeTaken().toMillis() / 1000.0);
        }
    }
}
