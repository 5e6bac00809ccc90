package io.lonja.transport.as2;

import io.lonja.archive.DataFolder;
import io.lonja.archive.KeySafe;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/**
 * Our key pairs as files: {@code as2-lonja.key.pem}, {@code as2-lonja.certificate.pem}, for a pair that waits for its day
 * {@code as2-lonja.sign-from} ({@code 2026-12-24}) and, for one that is not for the main AS2 name,
 * {@code as2-lonja-es.as2-name} ({@code LONJA-ES}). The key is written last: with it the pair is complete.
 */
record KeyFiles(KeySafe safe) {

    static final String KEY = ".key.pem";
    static final String CERTIFICATE = ".certificate.pem";
    private static final String SIGN_FROM = ".sign-from";
    private static final String AS2_NAME = ".as2-name";
    private static final String PREFIX = "as2-";
    private static final int PAIRS_MAX = 1_000;

    /** The names of all complete pairs, in their order. */
    List<String> names() {
        try (Stream<Path> files = Files.list(safe.folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(PREFIX) && name.endsWith(KEY))
                    .map(name -> name.substring(0, name.length() - KEY.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the keys in " + safe.folder(), e);
        }
    }

    /** A name for another pair under this AS2 name: {@code as2-lonja}, {@code as2-lonja-2}. */
    String free(String as2Name) {
        String name = PREFIX + as2Name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        for (int number = 1; number <= PAIRS_MAX; number++) {
            String next = number == 1 ? name : name + "-" + number;
            if (!Files.exists(file(next, KEY)) && !Files.exists(file(next, CERTIFICATE))) {
                return next;
            }
        }
        throw new IllegalStateException("There are %d key pairs of %s already".formatted(PAIRS_MAX, as2Name));
    }

    X509Certificate certificate(String name) {
        Path file = file(name, CERTIFICATE);
        try {
            return CertificateTimes.read(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "%s must hold the certificate of %s%s in PEM; restore it.".formatted(file, name, KEY), e);
        }
    }

    PrivateKey key(String name) {
        return safe.read(file(name, KEY));
    }

    /** The day from which the pair signs: that of its certificate where no file says another. */
    LocalDate signsFrom(String name) {
        Path file = file(name, SIGN_FROM);
        try {
            return Files.exists(file)
                    ? LocalDate.parse(
                            Files.readString(file, StandardCharsets.US_ASCII).strip())
                    : LocalDate.ofInstant(certificate(name).getNotBefore().toInstant(), ZoneOffset.UTC);
        } catch (IOException | DateTimeParseException e) {
            throw new IllegalStateException("%s must hold a day such as 2026-12-24; mend it.".formatted(file), e);
        }
    }

    /** The AS2 name of ours that the pair is for; empty for the main one. */
    Optional<String> as2Name(String name) {
        Path file = file(name, AS2_NAME);
        try {
            return Files.exists(file)
                    ? Optional.of(
                            Files.readString(file, StandardCharsets.US_ASCII).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("%s must hold an AS2 name such as LONJA-ES; mend it.".formatted(file), e);
        }
    }

    /** @param as2Name null for the main one */
    void keep(String name, @Nullable String as2Name, PrivateKey key, X509Certificate certificate, LocalDate signsFrom) {
        try {
            DataFolder.keep(file(name, CERTIFICATE), pem("CERTIFICATE", certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read has an encoding", e);
        }
        DataFolder.keep(file(name, SIGN_FROM), (signsFrom + "\n").getBytes(StandardCharsets.US_ASCII));
        if (as2Name != null) {
            DataFolder.keep(file(name, AS2_NAME), (as2Name + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        safe.keep(file(name, KEY), key);
    }

    Path file(String name, String suffix) {
        return safe.folder().resolve(name + suffix);
    }

    static byte[] pem(String label, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(new PemObject(label, content));
        } catch (IOException e) {
            throw new UncheckedIOException("Memory was written", e);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
