package io.lonja.transport.as2;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A partner who speaks AS2 with a hub: sends whatever a test makes, and checks the MDN as a partner would.
 *
 * @param name its AS2 name
 * @param hubKeys where the hub wrote its certificates
 * @param hubName by which the peer knows the hub
 */
public record As2Peer(String name, Keys keys, URI hub, Path hubKeys, String hubName) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** Knows the hub by its usual name. */
    public As2Peer(String name, Keys keys, URI hub, Path hubKeys) {
        this(name, keys, hub, hubKeys, "LONJA");
    }

    /** What came back: the MDN as it was read with the hub's certificate, and the very bytes. */
    public record Reply(int status, Map<String, List<String>> headers, byte[] body, MdnReader.Reading reading) {

        /** @param signer who must have signed it, where it is signed */
        public static Reply of(int status, Map<String, List<String>> headers, byte[] body, Keys signer) {
            List<MimeHeaders.Field> fields = new ArrayList<>();
            headers.forEach(
                    (field, values) -> values.forEach(value -> fields.add(new MimeHeaders.Field(field, value))));
            return new Reply(
                    status,
                    headers,
                    body,
                    MdnReader.read(new MimeHeaders(fields), body, List.of(signer.certificate())));
        }

        /** {@code processed}; for what is no MDN, why not. */
        public String disposition() {
            return reading instanceof MdnReader.Reading.Read read
                    ? read.mdn().disposition()
                    : ((MdnReader.Reading.Unusable) reading).because();
        }

        public boolean signed() {
            return reading instanceof MdnReader.Reading.Read read && read.signer() != null;
        }

        /** {@code digest, algorithm}; empty when there is none. */
        public String mic() {
            return reading instanceof MdnReader.Reading.Read read && read.mdn().mic() != null
                    ? read.mdn().mic().toString()
                    : "";
        }

        public String originalMessageId() {
            return reading instanceof MdnReader.Reading.Read read
                    ? String.valueOf(read.mdn().originalMessageId())
                    : "";
        }
    }

    /** Signed by this peer and encrypted for the hub: how a message should be. */
    public Wire sealed(byte[] payload) {
        return Wire.document("application/edi-x12", payload).signed(keys).encrypted(hubCertificate());
    }

    /** The headers of an ordinary message that asks for a signed MDN; a test may change them. */
    public Map<String, String> headers(String messageId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("AS2-Version", "1.2");
        headers.put("AS2-From", name);
        headers.put("AS2-To", hubName);
        headers.put("Message-ID", messageId);
        headers.put("MIME-Version", "1.0");
        headers.put("Subject", "EDI");
        headers.put("Disposition-Notification-To", "edi@example.com");
        headers.put(
                "Disposition-Notification-Options",
                "signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, sha256");
        return headers;
    }

    public Reply send(Wire message) {
        return send(message, headers("<%s@%s>".formatted(UUID.randomUUID(), name)));
    }

    public Reply send(Wire message, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        message.http().fields().forEach(field -> all.put(field.name(), field.value()));
        return send(BodyPublishers.ofByteArray(message.body()), all, Duration.ofSeconds(60));
    }

    /** A message that lies in a file. */
    public Reply send(LargeWire message, Map<String, String> headers) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", LargeWire.CONTENT_TYPE);
        return send(BodyPublishers.ofFile(message.body()), all, Duration.ofMinutes(5));
    }

    private Reply send(BodyPublisher body, Map<String, String> headers, Duration within) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(hub.resolve("/as2")).timeout(within);
        headers.forEach(request::setHeader);
        try {
            HttpResponse<byte[]> answer = HTTP.send(request.POST(body).build(), BodyHandlers.ofByteArray());
            return Reply.of(answer.statusCode(), answer.headers().map(), answer.body(), hubCertificate());
        } catch (IOException e) {
            throw new IllegalStateException("The hub did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** The hub's certificate as its operator would send it by e-mail, without the key. */
    public Keys hubCertificate() {
        try {
            X509Certificate certificate = CertificateTimes.read(Files.readString(
                    hubKeys.resolve("as2-%s.certificate.pem".formatted(hubName.toLowerCase(Locale.ROOT)))));
            return new Keys("hub", keys.key(), certificate);
        } catch (Exception e) {
            throw new IllegalStateException("The hub wrote no certificate", e);
        }
    }
}
