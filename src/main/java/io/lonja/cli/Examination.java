package io.lonja.cli;

import io.lonja.partner.PartnerFolders;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a hub will find on this machine. Changes nothing, but for a probe file that is gone afterwards. */
final class Examination {

    private static final int SYNCS = 20;
    private static final int PROBE_BYTES = 4096;
    private static final Duration SYNC_MEDIAN_MAX = Duration.ofMillis(20);
    private static final long FREE_BYTES_MIN = 1L << 30;
    private static final int CERTIFICATE_DAYS_MIN = 30;

    private final Path home;
    private final Path config;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param well false when a person should do something
     */
    record Finding(String what, boolean well, String sentence) {}

    /** @param config with the partners, whose certificates end too */
    Examination(Path home, Path config) {
        this.home = home.toAbsolutePath().normalize();
        this.config = config;
    }

    List<Finding> findings(List<Integer> ports) {
        Path existing = home;
        while (!Files.isDirectory(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        dataFolder(existing);
        if (Files.isWritable(existing)) {
            diskSpace(existing);
            diskSync(existing);
        }
        ports.forEach(this::port);
        certificates();
        partnersCertificates();
        return findings;
    }

    private void dataFolder(Path existing) {
        if (!existing.equals(home)) {
            finding(
                    "data folder",
                    Files.isWritable(existing),
                    Files.isWritable(existing)
                            ? "%s will be made at the first start.".formatted(home)
                            : "%s cannot be made: %s is not writable; name another by --home."
                                    .formatted(home, existing));
            return;
        }
        try {
            String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(home));
            if (!Files.isWritable(home)) {
                finding("data folder", false, "%s is not writable for this user.".formatted(home));
            } else if (!rights.endsWith("------")) {
                finding("data folder", false, "%s is open to others (%s); run chmod 700.".formatted(home, rights));
            } else {
                finding("data folder", true, "%s belongs to this user alone.".formatted(home));
            }
        } catch (IOException | UnsupportedOperationException e) {
            finding("data folder", false, "The rights of %s cannot be read: %s".formatted(home, e.getMessage()));
        }
    }

    private void diskSpace(Path existing) {
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            finding("disk space", free >= FREE_BYTES_MIN, "%,d MiB are free.".formatted(free >> 20));
        } catch (IOException e) {
            finding("disk space", false, "The free space cannot be read: " + e.getMessage());
        }
    }

    /** Every answer to a partner waits for at least one of these. */
    private void diskSync(Path existing) {
        long[] nanos = new long[SYNCS];
        try {
            Path probe = Files.createTempFile(existing, ".lonja-doctor", "");
            try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
                for (int i = 0; i < SYNCS; i++) {
                    long start = System.nanoTime();
                    channel.write(ByteBuffer.allocate(PROBE_BYTES));
                    channel.force(false);
                    nanos[i] = System.nanoTime() - start;
                }
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            finding("disk sync", false, "The disk cannot be tried: " + e.getMessage());
            return;
        }
        Arrays.sort(nanos);
        long medianMicros = nanos[SYNCS / 2] / 1000;
        finding(
                "disk sync",
                medianMicros <= SYNC_MEDIAN_MAX.toNanos() / 1000,
                "%d µs median of %d, slowest %d µs; every answer waits for one.%s"
                        .formatted(
                                medianMicros,
                                SYNCS,
                                nanos[SYNCS - 1] / 1000,
                                medianMicros < 20 ? " So fast may mean that this disk does not really sync." : ""));
    }

    private void port(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            finding("port " + port, true, "free");
        } catch (IOException e) {
            finding("port " + port, false, "taken, by a running hub or another program: " + e.getMessage());
        }
    }

    private void certificates() {
        Path keys = home.resolve("keys");
        if (!Files.isDirectory(keys)) {
            finding("certificate", true, "none yet; one for HTTPS is made at the first start.");
            return;
        }
        try (Stream<Path> files = Files.list(keys)) {
            for (Path file : files.filter(path -> path.toString().endsWith("certificate.pem"))
                    .sorted()
                    .toList()) {
                certificate(file);
            }
        } catch (IOException e) {
            finding("certificate", false, "%s cannot be listed: %s".formatted(keys, e.getMessage()));
        }
    }

    private void certificate(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            long days = Duration.between(
                            Instant.now(), certificate.getNotAfter().toInstant())
                    .toDays();
            finding(
                    "certificate",
                    days >= CERTIFICATE_DAYS_MIN,
                    "%s is valid for another %d days.".formatted(file.getFileName(), days));
        } catch (CertificateException | IOException e) {
            finding("certificate", false, "%s cannot be read: %s".formatted(file.getFileName(), e.getMessage()));
        }
    }

    private void partnersCertificates() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        new PartnerFolders(List.of(config.resolve("partners")), config.resolve("schemas"), home)
                .certificates()
                .forEach((partner, certificates) -> certificates.forEach(certificate -> {
                    long days = ChronoUnit.DAYS.between(today, certificate.ends());
                    finding(
                            "certificate",
                            days >= CERTIFICATE_DAYS_MIN,
                            days < 0
                                    ? "%s of partner %s ended on %s."
                                            .formatted(certificate.file(), partner, certificate.ends())
                                    : "%s of partner %s is valid for another %d days."
                                            .formatted(certificate.file(), partner, days));
                }));
    }

    private void finding(String what, boolean well, String sentence) {
        findings.add(new Finding(what, well, sentence));
    }
}
