package io.lonja.bench;

import io.lonja.archive.Archive;
import io.lonja.archive.Entry;
import io.lonja.archive.SegmentArchive;
import io.lonja.archive.Sha256;
import io.lonja.force.As2LibProcess;
import io.lonja.force.HubProcess;
import io.lonja.force.OpenAs2Process;
import io.lonja.force.PeerLibraries;
import io.lonja.force.PeerProcess;
import io.lonja.transport.as2.Keys;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One side of {@link As2Benchmark}, in a JVM of its own with half a gigabyte, that lives through all rounds. */
interface As2Server extends AutoCloseable {

    String name();

    URI address();

    /** Whose messages it takes, and in whose name: AS2 names. */
    String partner();

    String ownName();

    boolean keepsConnections();

    ProcessHandle process();

    /** Ends it and looks at what it kept: the digests of the documents, one for each that arrived. */
    List<Sha256> stop() throws Exception;

    /** @throws IOException without sentence of ours: a process could not be started */
    static As2Server hub(Path folder, Keys server, Keys client) throws IOException {
        return new Hub("hub", folder, server, client, (home, config) -> HubProcess.start(home, config, HubProcess.Ports.free()));
    }

    /** The hub with Amazon's provider of cryptography before Java's own. */
    static As2Server hubWithCorretto(Path folder, Keys server, Keys client) throws IOException {
        String libraries = PeerLibraries.classPath("corretto", Files.createDirectories(folder).toAbsolutePath());
        return new Hub("hub with Corretto", folder, server, client, (home, config) -> HubProcess.startWithProvider(
                libraries, Path.of("docker", "native-provider.security"), home, config, HubProcess.Ports.free()));
    }

    static As2Server openAs2(Path folder, Keys server, Keys client) throws Exception {
        OpenAs2Process peer = new OpenAs2Process(folder);
        peer.start(server, client, URI.create("http://127.0.0.1:1/"), Map.of("BENCH", "sign=SHA256 encrypt=AES128"));
        return new Peer("OpenAS2", peer);
    }

    static As2Server as2Lib(Path folder, Keys server, Keys client) throws Exception {
        As2LibProcess peer = new As2LibProcess(folder);
        peer.start(
                server,
                client,
                URI.create("http://127.0.0.1:1/"),
                Map.of("BENCH", "sign=DIGEST_SHA_256 encrypt=CRYPT_AES128_CBC"));
        return new Peer("as2-lib", peer);
    }

    /** A foreign product; it takes messages from LONJA to BENCH and closes every connection. */
    record Peer(String name, PeerProcess running) implements As2Server {

        @Override
        public URI address() {
            return running.address();
        }

        @Override
        public String partner() {
            return "LONJA";
        }

        @Override
        public String ownName() {
            return "BENCH";
        }

        @Override
        public boolean keepsConnections() {
            return false;
        }

        @Override
        public ProcessHandle process() {
            return running.process();
        }

        @Override
        public List<Sha256> stop() throws IOException {
            close();
            List<Sha256> found = new ArrayList<>();
            try (Stream<Path> files = Files.list(running.inbox())) {
                for (Path file : files.toList()) {
                    found.add(Sha256.of(Files.readAllBytes(file)));
                }
            }
            return found;
        }

        @Override
        public void close() {
            running.close();
        }
    }

    /** The hub as its users have it: the packaged jar over its HTTP port, archive and database on the disk. */
    final class Hub implements As2Server {

        private static final int PAGE = 1_000;

        private final String name;
        private final Path home;
        private final HubProcess running;

        private interface Start {
            HubProcess with(Path home, Path config) throws IOException;
        }

        private Hub(String name, Path folder, Keys server, Keys client, Start start) throws IOException {
            this.name = name;
            home = folder.resolve("home").toAbsolutePath();
            Path config = HubProcess.configuration(folder.resolve("config"), Map.of("bench", """
                    name: Bench
                    roles: [member]
                    identities: { as2: BENCH, x12: "ZZ/BENCH" }
                    channels:
                      as2:
                        certificates:
                          - { file: certificates/own.pem, use: [sign, encrypt], from: 2020-01-01, until: 2099-12-31 }
                    currency: EUR
                    agreements:
                      - { document: purchase-order, direction: inbound, guide: x12-004010-850, acknowledge: always }
                    """));
            Path certificates = Files.createDirectories(config.resolve("partners/bench/certificates"));
            Files.writeString(certificates.resolve("own.pem"), client.pem());
            // Else it makes a pair of its own, with 3072 bits.
            Path keys = Files.createDirectories(home.resolve("keys"));
            Files.writeString(keys.resolve("as2-lonja.certificate.pem"), server.pem());
            Files.writeString(
                    keys.resolve("as2-lonja.key.pem"),
                    "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                            .formatted(Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                    .encodeToString(server.key().getEncoded())));
            running = start.with(home, config.toAbsolutePath());
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public URI address() {
            return running.base().resolve("/as2");
        }

        @Override
        public String partner() {
            return "BENCH";
        }

        @Override
        public String ownName() {
            return "LONJA";
        }

        @Override
        public boolean keepsConnections() {
            return true;
        }

        @Override
        public ProcessHandle process() {
            return running.process();
        }

        @Override
        public List<Sha256> stop() {
            close();
            List<Sha256> found = new ArrayList<>();
            try (Archive archive = SegmentArchive.open(home.resolve("archive"), Clock.systemUTC())) {
                for (long after = 0; after < archive.size(); after += PAGE) {
                    for (Entry entry : archive.entriesAfter(after, PAGE)) {
                        if (entry.type().name().equals("interchange-received")) {
                            found.add(Sha256.of(archive.payload(entry.id())));
                        }
                    }
                }
            }
            return found;
        }

        @Override
        public void close() {
            running.close();
        }
    }
}
