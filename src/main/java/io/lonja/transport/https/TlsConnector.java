package io.lonja.transport.https;

import io.lonja.intake.SendingTime;
import io.lonja.transport.HttpsEndpoint;
import java.util.UUID;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** A second door to the web server: all interfaces, TLS 1.2 and 1.3 with forward secrecy, nothing older. */
class TlsConnector implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, HttpsEndpoint {

    /** Of TLS 1.2; all of TLS 1.3 are good. */
    private static final String CIPHERS = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
            + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
            + "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256";

    private static final String PROTOCOL = PromptHttp11Protocol.class.getName();
    private static final int BETWEEN_REQUESTS_MILLIS = 60_000;

    private final Connector connector = new Connector(PROTOCOL);
    private final SendingTime sendingTime;
    private final ServerCertificate certificate;
    private final int swallowedBytesMax;

    /**
     * @param port 0 takes any that is free
     * @param swallowedBytesMax up to here a body that is refused is read to the end, so that its sender sees the 413
     *     and not a reset
     */
    TlsConnector(int port, ServerCertificate certificate, int swallowedBytesMax, SendingTime sendingTime) {
        this.sendingTime = sendingTime;
        this.certificate = certificate;
        this.swallowedBytesMax = swallowedBytesMax;
        connector.setPort(port);
        connector.setScheme("https");
        connector.setSecure(true);
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.setProtocol(PROTOCOL);
        tomcat.addConnectorCustomizers(this::withPatience);
        secure((AbstractHttp11Protocol<?>) connector.getProtocolHandler());
        withPatience(connector);
        tomcat.addAdditionalTomcatConnectors(connector);
    }

    private void secure(AbstractHttp11Protocol<?> protocol) {
        SSLHostConfig tls = new SSLHostConfig();
        tls.setProtocols("TLSv1.2+TLSv1.3");
        tls.setCiphers(CIPHERS);
        tls.setHonorCipherOrder(true);
        SSLHostConfigCertificate shown = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        String password = UUID.randomUUID().toString();
        shown.setCertificateKeystore(certificate.keyStore(password.toCharArray()));
        shown.setCertificateKeyPassword(password);
        shown.setCertificateKeystorePassword(password);
        tls.addCertificate(shown);
        protocol.setSSLEnabled(true);
        protocol.addSslHostConfig(tls);
    }

    private void withPatience(Connector connector) {
        PromptHttp11Protocol protocol = (PromptHttp11Protocol) connector.getProtocolHandler();
        protocol.setMaxSwallowSize(swallowedBytesMax);
        protocol.setHeadWithin(sendingTime.within());
        protocol.setConnectionTimeout((int) Math.min(sendingTime.within().toMillis(), protocol.getConnectionTimeout()));
        protocol.setKeepAliveTimeout(BETWEEN_REQUESTS_MILLIS);
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public String fingerprint() {
        return certificate.fingerprint();
    }
}
