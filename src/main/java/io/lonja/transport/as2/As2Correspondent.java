package io.lonja.transport.as2;

import io.lonja.archive.DataFolder;
import io.lonja.archive.KeySafe;
import io.lonja.archive.Payload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The other side of AS2: a partner with a key of its own who sends signed and encrypted messages and judges the MDN. */
public final class As2Correspondent {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    private final String name;
    private final OwnKey key;
    private final HttpClient http;
    private final Clock clock;

    private As2Correspondent(String name, OwnKey key, HttpClient http, Clock clock) {
        this.name = name;
        this.key = key;
        this.http = http;
        this.clock = clock;
    }

    /**
     * A partner of this AS2 name, its key and certificate in {@code keys/} of a folder of its own, made there when it has
     * none.
     *
     * @param http trusts whom the partner would trust
     */
    public static As2Correspondent in(DataFolder folder, String name, HttpClient http, Clock clock) {
        return new As2Correspondent(
                name, OwnKeys.in(KeySafe.in(folder), OurNames.only(name), clock).signing(name), http, clock);
    }

    /**
     * What came back.
     *
     * @param disposition {@code processed}; for what is no MDN, why not
     * @param signed whether the MDN is signed by the certificate that was given
     * @param received whether the other side has these very bytes: a positive MDN, signed, whose MIC fits
     */
    public record Reply(int status, String disposition, boolean signed, boolean received) {}

    /**
     * Sends a document, signed with SHA-256 and encrypted with AES-128, and asks for a signed MDN at once.
     *
     * @param to the other side's AS2 name
     * @param theirCertificate in PEM
     * @throws IllegalStateException when the other side does not answer
     */
    public Reply send(
            URI url, String to, String theirCertificate, String messageId, String contentType, byte[] document) {
        X509Certificate theirs = certificate(theirCertificate);
        MessageWriter.Written written = new MessageWriter(MessageFormat.USUAL, key, theirs)
                .write(Payload.of(document), contentType, "document.edi", Workspace.inMemory());
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(REQUEST_TIMEOUT)
                .header("AS2-Version", "1.2")
                .header("AS2-From", name)
                .header("AS2-To", to)
                .header("Message-ID", messageId)
                .header("MIME-Version", "1.0")
                .header("Subject", "EDI")
                .header(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME
                                .withLocale(Locale.ROOT)
                                .format(clock.instant().atOffset(ZoneOffset.UTC)))
                .header("Disposition-Notification-To", name + "@localhost")
                .header(
                        "Disposition-Notification-Options",
                        "signed-receipt-protocol=required, pkcs7-signature; signed-receipt-micalg=required, sha-256")
                .header("Content-Type", written.contentType())
                .POST(BodyPublishers.ofByteArray(written.body().bytes()))
                .build();
        try {
            return judged(http.send(request, BodyHandlers.ofByteArray()), theirs, messageId, written.mic());
        } catch (IOException e) {
            throw new IllegalStateException("%s does not answer: %s".formatted(url, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the MDN", e);
        }
    }

    private static Reply judged(HttpResponse<byte[]> answer, X509Certificate theirs, String messageId, Mic sent) {
        List<MimeHeaders.Field> fields = new ArrayList<>();
        answer.headers()
                .map()
                .forEach((field, values) -> values.forEach(value -> fields.add(new MimeHeaders.Field(field, value))));
        MdnReader.Reading reading = MdnReader.read(new MimeHeaders(fields), answer.body(), List.of(theirs));
        if (reading instanceof MdnReader.Reading.Unusable unusable) {
            return new Reply(answer.statusCode(), unusable.because(), false, false);
        }
        MdnReader.Reading.Read read = (MdnReader.Reading.Read) reading;
        Mic mic = read.mdn().mic();
        boolean signed = read.signer() != null;
        boolean received = signed
                && read.mdn().positive()
                && messageId.equals(read.mdn().originalMessageId())
                && mic != null
                && mic.matches(sent);
        return new Reply(answer.statusCode(), read.mdn().disposition(), signed, received);
    }

    private static X509Certificate certificate(String pem) {
        try {
            return CertificateTimes.read(pem);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "This is no certificate in PEM: " + pem.lines().findFirst().orElse(""), e);
        }
    }
}
