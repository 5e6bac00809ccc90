package io.lonja.force;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.Archive;
import io.lonja.archive.DataFolder;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.KeySafe;
import io.lonja.archive.SegmentArchive;
import io.lonja.archive.Spool;
import io.lonja.transport.as2.As2Keys;
import io.lonja.transport.as2.KeyType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * More than the heap holds leaves by AS2 to another hub with as little: first in vain, then the same bytes again, until the
 * other's MDN confirms them.
 */
@Tag("force")
class LargeDispatchIT {

    private static final int HEAP_MEGABYTES = 256;
    private static final Duration CONFIRMED_WITHIN = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "500; encrypt: aes128-cbc, compress: false",
                "260; encrypt: aes256-gcm, compress: before-sign, transfer_encoding: base64, chunked: true"
            })
    void leavesFromAHeapThatIsSmaller(int megabytes, String way) throws Exception {
        HubProcess.Ports alfaPorts = HubProcess.Ports.free();
        HubProcess.Ports bravoPorts = HubProcess.Ports.free();
        Path alfa = folder.resolve("alfa");
        Path bravo = folder.resolve("bravo");
        Path alfaConfig = configuration(
                "alfa-config", "bravo", certificate(bravo, "BRAVO"), """
                outbound: { url: "http://127.0.0.1:%d/as2", mdn: sync-signed, retry: [5s], %s }
                """.formatted(bravoPorts.http(), way));
        Path bravoConfig = configuration("bravo-config", "alfa", certificate(alfa, "ALFA"), """
                inbound: { require: [signed, encrypted] }
                """);
        EntryId owed = owe(alfa, (long) megabytes << 20);
        try (HubProcess sender = HubProcess.start(
                HEAP_MEGABYTES, alfa, alfaConfig, alfaPorts, "--lonja.identity.as2=ALFA", "--lonja.partners.also=")) {
            ApiClient operator = ApiClient.operator(sender.base(), alfa);
            await(() -> Files.readString(folder.resolve("alfa.log")).contains("could not be reached"));
            try (HubProcess receiver = HubProcess.start(
                    HEAP_MEGABYTES,
                    bravo,
                    bravoConfig,
                    bravoPorts,
                    "--lonja.identity.as2=BRAVO",
                    "--lonja.partners.also=",
                    "--lonja.intake.content-max=900MB")) {
                Instant up = Instant.now();
                await(() -> operator.get("/deliveries/" + owed)
                        .at("/status")
                        .asText()
                        .equals("confirmed"));
                System.out.printf(
                        "%s: confirmed after %d s, the sender has %s, the receiver %s%n",
                        way, Duration.between(up, Instant.now()).toSeconds(), sender.resident(), receiver.resident());
            }
        }
        try (Archive sent = SegmentArchive.open(alfa.resolve("archive"), Clock.systemUTC());
                Archive received = SegmentArchive.open(bravo.resolve("archive"), Clock.systemUTC())) {
            Entry message = only(sent, "as2-sent");
            assertThat(only(received, "as2-received").payloadDigest()).isEqualTo(message.payloadDigest());
            assertThat(only(received, "interchange-received").payloadDigest())
                    .isEqualTo(sent.entry(owed).payloadDigest());
        }
        try (Stream<Path> spooled = Files.list(alfa.resolve("spool"))) {
            assertThat(spooled).isEmpty();
        }
    }

    private static Entry only(Archive archive, String type) {
        List<Entry> entries = archive.entriesAfter(0, 10_000).stream()
                .filter(entry -> entry.type().name().equals(type))
                .toList();
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    /** No document of ours is so large yet, so it is owed by hand. */
    private static EntryId owe(Path home, long bytes) throws IOException {
        Spool spool = Spool.in(DataFolder.at(home));
        try (Archive archive = SegmentArchive.open(home.resolve("archive"), Clock.systemUTC());
                Spool.Spooled document =
                        ((Spool.Taken.Whole) spool.take(new Document(bytes), Long.MAX_VALUE)).spooled()) {
            return archive.append(Draft.of(
                            EntryType.evidence("example-sent"),
                            Map.of(Entry.DELIVER_TO, "bravo", Entry.DELIVER_AS, "832"),
                            document.payload()))
                    .id();
        }
    }

    /** The certificate that the hub of this data folder will show. */
    private static Path certificate(Path home, String name) {
        return As2Keys.in(KeySafe.in(DataFolder.at(home)), Clock.systemUTC())
                .make(name, null, KeyType.RSA3072, LocalDate.of(2020, 1, 1))
                .certificate();
    }

    private Path configuration(String name, String partner, Path certificate, String as2) throws IOException {
        Path config = HubProcess.configuration(folder.resolve(name), Map.of(partner, """
                name: %1$s
                roles: [member]
                identities: { as2: %2$s, x12: "ZZ/%2$s" }
                channels:
                  as2:
                    %3$s
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
                currency: EUR
                agreements:
                  - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always }
                """.formatted(
                        partner, partner.toUpperCase(Locale.ROOT), as2.strip())));
        Path own = Files.createDirectories(
                        config.resolve("partners").resolve(partner).resolve("certificates"))
                .resolve("own.pem");
        Files.copy(certificate, own);
        return config;
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(CONFIRMED_WITHIN)
                .pollInterval(Duration.ofMillis(500))
                .until(condition);
    }

    /** Bytes that zlib makes little of. */
    private static final class Document extends InputStream {

        private final Random random = new Random(500);
        private final byte[] piece = new byte[1 << 16];
        private long left;

        Document(long bytes) {
            left = bytes;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("Read piece by piece");
        }

        @Override
        public int read(byte[] to, int from, int count) {
            if (left == 0) {
                return -1;
            }
            int now = (int) Math.min(Math.min(count, piece.length), left);
            random.nextBytes(piece);
            System.arraycopy(piece, 0, to, from, now);
            left -= now;
            return now;
        }
    }
}
