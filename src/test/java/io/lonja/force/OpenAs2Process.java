package io.lonja.force;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.transport.as2.Keys;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** OpenAS2 in a JVM of its own, with a class path of its own ({@code src/test/peers/openas2/pom.xml}). */
final class OpenAs2Process implements AutoCloseable {

    private static final Path PEER = Path.of("src/test/peers/openas2");
    private static final char[] PASSWORD = "openas2".toCharArray();
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private static final Duration SENT_WITHIN = Duration.ofSeconds(30);

    private final Path home;
    private final int port;
    private final int mdnPort;
    private Process process;

    /** @param port free when it was asked for */
    OpenAs2Process(Path home) throws IOException {
        this.home = Files.createDirectories(home);
        try (ServerSocket free = new ServerSocket(0);
                ServerSocket another = new ServerSocket(0)) {
            port = free.getLocalPort();
            mdnPort = another.getLocalPort();
        }
    }

    /** Where it takes asynchronous MDNs: {@code 127.0.0.1:10081}. */
    String mdnHost() {
        return "127.0.0.1:" + mdnPort;
    }

    URI address() {
        return URI.create("http://127.0.0.1:%d/as2".formatted(port));
    }

    /**
     * Starts it and returns when it listens.
     *
     * @param own its key, under which all its names sign
     * @param hub the hub's public certificate
     * @param ways attributes of the partnership by which each of its names sends to the hub; {@code MDN_ADDRESS} in
     *     them is where it takes asynchronous MDNs
     */
    void start(Keys own, Keys hub, URI hubAddress, Map<String, String> ways) throws Exception {
        keyStore(own, hub);
        Files.writeString(
                home.resolve("config.xml"),
                Files.readString(PEER.resolve("config.xml"))
                        .replace("@PASSWORD@", new String(PASSWORD))
                        .replace("@PORT@", Integer.toString(port))
                        .replace("@MDN_PORT@", Integer.toString(mdnPort)));
        Files.writeString(home.resolve("commands.xml"), "<commands/>");
        Files.writeString(home.resolve("partnerships.xml"), partnerships(hubAddress, ways));
        Files.createDirectories(home.resolve("data/toAny"));
        Files.createDirectories(home.resolve("ready"));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dorg.apache.commons.logging.Log=org.openas2.logging.Log",
                        "-cp",
                        classPath(),
                        "org.openas2.app.OpenAS2Server",
                        home.resolve("config.xml").toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log.txt").toFile())
                .start();
        Awaitility.await()
                .atMost(READY_WITHIN)
                .untilAsserted(() -> assertThat(log()).contains(" started."));
    }

    /** Resolved by Maven, so that none of it is ever on our class path. */
    private String classPath() throws Exception {
        Path file = home.resolve("class-path.txt");
        Process maven = new ProcessBuilder(
                        "mvn",
                        "-q",
                        "-B",
                        "-f",
                        PEER.resolve("pom.xml").toString(),
                        "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath",
                        "-Dmdep.outputFile=" + file.toAbsolutePath())
                .inheritIO()
                .start();
        assertThat(maven.waitFor(5, TimeUnit.MINUTES) && maven.exitValue() == 0)
                .as("Maven resolves OpenAS2")
                .isTrue();
        return Files.readString(file).strip();
    }

    /** By Bouncy Castle, since the old one inside cannot read what today's Java writes. */
    private void keyStore(Keys own, Keys hub) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12", new BouncyCastleProvider());
        store.load(null, null);
        store.setKeyEntry("openas2", own.key(), PASSWORD, new Certificate[] {own.certificate()});
        store.setCertificateEntry("lonja", hub.certificate());
        try (OutputStream file = Files.newOutputStream(home.resolve("keys.p12"))) {
            store.store(file, PASSWORD);
        }
    }

    private String partnerships(URI hubAddress, Map<String, String> ways) {
        StringBuilder text = new StringBuilder(
                "<partnerships>\n<partner name=\"lonja\" as2_id=\"LONJA\" x509_alias=\"lonja\" email=\"a@b\"/>\n");
        for (String name : ways.keySet()) {
            text.append(
                    "<partner name=\"%s\" as2_id=\"%1$s\" x509_alias=\"openas2\" email=\"a@b\"/>\n".formatted(name));
        }
        ways.forEach((name, way) -> text.append("""
                <partnership name="%s-to-lonja">
                  <sender name="%1$s"/><receiver name="lonja"/>
                  <attribute name="protocol" value="as2"/>
                  <attribute name="subject" value="from $sender.as2_id$"/>
                  <attribute name="as2_url" value="%s"/>
                  <attribute name="as2_mdn_to" value="edi@example.com"/>
                  <attribute name="as2_mdn_options" value="signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, %s"/>
                  <attribute name="resend_max_retries" value="0"/>
                  %s
                </partnership>
                <partnership name="lonja-to-%1$s">
                  <sender name="lonja"/><receiver name="%1$s"/>
                  <attribute name="protocol" value="as2"/>
                </partnership>
                """.formatted(
                        name,
                        hubAddress,
                        digest(way),
                        attributes(way.replace("MDN_ADDRESS", "http://%s/mdn".formatted(mdnHost()))))));
        return text.append("</partnerships>\n").toString();
    }

    /** It wants its MIC by the very digest that it names, so it must name the one that it signs with. */
    private static String digest(String way) {
        return Stream.of(way.split(" "))
                .filter(each -> each.startsWith("sign="))
                .map(each -> each.substring("sign=".length()))
                .findFirst()
                .orElse("SHA256");
    }

    /** {@code sign=SHA256 encrypt=AES128} as elements. */
    private static String attributes(String way) {
        StringBuilder text = new StringBuilder();
        for (String each : way.split(" ")) {
            String[] pair = each.split("=");
            text.append("<attribute name=\"%s\" value=\"%s\"/>".formatted(pair[0], pair[1]));
        }
        return text.toString();
    }

    /**
     * Gives it a document to send to the hub.
     *
     * @return the lines that it writes of this message until it is done with it, for better or worse
     */
    List<String> send(String from, byte[] document) throws IOException {
        String file = "%s-LONJA-order.edi".formatted(from);
        Path ready = home.resolve("ready").resolve(file);
        Files.write(ready, document);
        Files.move(ready, home.resolve("data/toAny").resolve(file), StandardCopyOption.ATOMIC_MOVE);
        await(() -> failed(from)
                || about(from).stream().anyMatch(line -> line.contains("deleted") && line.contains("/pendingMDN/")));
        return about(from);
    }

    private List<String> about(String from) {
        return log().lines()
                .filter(line -> line.contains("@%s_LONJA>".formatted(from)))
                .toList();
    }

    /** Whether it filed a document of this sender among what did not get through. */
    boolean failed(String from) {
        try (Stream<Path> files = Files.list(home.resolve("data/toAny/error"))) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith("@%s_LONJA".formatted(from)));
        } catch (IOException none) {
            return false;
        }
    }

    /** What it received for this name of its own. */
    List<byte[]> received(String name) throws IOException {
        Path inbox = home.resolve("data/inbox");
        if (!Files.isDirectory(inbox)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(inbox)) {
            return files.filter(file -> file.getFileName().toString().startsWith("LONJA-%s-".formatted(name)))
                    .map(OpenAs2Process::bytes)
                    .toList();
        }
    }

    String log() {
        return new String(bytes(home.resolve("log.txt")), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + file, e);
        }
    }

    private static void await(Supplier<Boolean> condition) {
        Awaitility.await()
                .atMost(SENT_WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .until(condition::get);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
            // For whoever wants to know what it said.
            try {
                Files.copy(
                        home.resolve("log.txt"),
                        Files.createDirectories(Path.of("target")).resolve("openas2.log"),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
