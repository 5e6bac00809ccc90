package io.lonja.transport.as2;

import io.lonja.archive.KeySafe;
import io.lonja.archive.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/** Our key pairs for AS2 in a person's hands: made, listed, certified. A running hub takes up what is changed here. */
public final class As2Keys {

    private static final int RSA_BITS_MIN = 2048;

    private final KeyFiles files;
    private final Clock clock;

    private As2Keys(KeyFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    public static As2Keys in(KeySafe safe, Clock clock) {
        return new As2Keys(new KeyFiles(safe), clock);
    }

    /**
     * A key pair without its secret.
     *
     * @param name of its files: {@code as2-lonja-2}
     * @param as2Name of ours that it is for; null for the main one
     * @param certificate the file for partners
     * @param kind {@code RSA 3072} or {@code EC}
     * @param fingerprint SHA-256 of the certificate in DER, hexadecimal digits
     * @param signsFrom the first day it signs
     */
    public record Shown(
            String name,
            @Nullable String as2Name,
            Path certificate,
            String kind,
            String subject,
            String fingerprint,
            Instant from,
            Instant until,
            LocalDate signsFrom) {}

    /** Those that sign latest first. */
    public List<Shown> list() {
        return files.names().stream()
                .map(this::shown)
                .sorted(Comparator.comparing(Shown::signsFrom).reversed().thenComparing(Shown::name))
                .toList();
    }

    /**
     * A pair with a self-signed certificate for five years; decrypts at once, signs from that day on.
     *
     * @param subject stands in the certificate
     * @param as2Name of ours that it is for; null for the main one
     */
    public Shown make(String subject, @Nullable String as2Name, KeyType type, LocalDate signsFrom) {
        KeyPair pair = type.pair();
        String name = files.free(subject);
        files.keep(name, as2Name, pair.getPrivate(), type.certificate(pair, subject, clock.instant()), signsFrom);
        return shown(name);
    }

    /**
     * A request for a certificate (PKCS #10) for the key of this pair, in PEM.
     *
     * @throws IllegalArgumentException when there is no such pair
     */
    public String request(String name) {
        X509Certificate certificate = files.certificate(known(name));
        PrivateKey key = files.key(name);
        try {
            byte[] request = new JcaPKCS10CertificationRequestBuilder(
                            certificate.getSubjectX500Principal(), certificate.getPublicKey())
                    .build(new JcaContentSignerBuilder(Digest.SHA256.signingWith(key.getAlgorithm())).build(key))
                    .getEncoded();
            return new String(KeyFiles.pem("CERTIFICATE REQUEST", request), StandardCharsets.US_ASCII);
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("The key %s cannot sign: %s".formatted(name, e.getMessage()), e);
        }
    }

    /**
     * A certificate that somebody issued for a key of ours, as a pair of its own beside the one it was asked for with:
     * what partners still encrypt under the old certificate is opened too.
     *
     * @throws IllegalArgumentException with the sentence for the operator, when it is for no key of ours, ended or weak
     */
    public Shown add(String pem, LocalDate signsFrom) {
        X509Certificate certificate;
        try {
            certificate = CertificateTimes.read(pem);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("This is no X.509 certificate in PEM.", e);
        }
        if (!clock.instant().isBefore(certificate.getNotAfter().toInstant())) {
            throw new IllegalArgumentException("This certificate ended on %s."
                    .formatted(day(certificate.getNotAfter().toInstant())));
        }
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
            throw new IllegalArgumentException("This certificate has an RSA key of %d bits, %d are the least."
                    .formatted(rsa.getModulus().bitLength(), RSA_BITS_MIN));
        }
        for (String name : files.names()) {
            if (files.certificate(name).equals(certificate)) {
                throw new IllegalArgumentException("This certificate is here already, as %s.".formatted(name));
            }
        }
        for (String name : files.names()) {
            if (files.certificate(name).getPublicKey().equals(certificate.getPublicKey())) {
                String next = files.free(name.substring("as2-".length()));
                files.keep(next, files.as2Name(name).orElse(null), files.key(name), certificate, signsFrom);
                return shown(next);
            }
        }
        throw new IllegalArgumentException("This certificate is for none of our keys; ask for one with `key request`.");
    }

    private String known(String name) {
        if (!files.names().contains(name)) {
            throw new IllegalArgumentException(
                    "There is no key pair %s; there are %s.".formatted(name, String.join(", ", files.names())));
        }
        return name;
    }

    private Shown shown(String name) {
        X509Certificate certificate = files.certificate(name);
        try {
            return new Shown(
                    name,
                    files.as2Name(name).orElse(null),
                    files.file(name, KeyFiles.CERTIFICATE),
                    certificate.getPublicKey() instanceof RSAPublicKey rsa
                            ? "RSA " + rsa.getModulus().bitLength()
                            : certificate.getPublicKey().getAlgorithm().toUpperCase(Locale.ROOT),
                    certificate.getSubjectX500Principal().getName(),
                    Sha256.of(certificate.getEncoded()).hex(),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    files.signsFrom(name));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read has an encoding", e);
        }
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
