package io.lonja.force;

import io.lonja.transport.as2.Keys;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** OpenAS2 2.10.1, which sends what lies in a folder and files what it receives. */
public final class OpenAs2Process extends PeerProcess {

    private static final Duration SENT_WITHIN = Duration.ofSeconds(30);

    private final int mdnPort;

    public OpenAs2Process(Path home) throws IOException {
        super("openas2", home);
        try (ServerSocket free = new ServerSocket(0)) {
            mdnPort = free.getLocalPort();
        }
    }

    /** Where it takes asynchronous MDNs: {@code 127.0.0.1:10081}. */
    String mdnHost() {
        return "127.0.0.1:" + mdnPort;
    }

    /**
     * Starts it and returns when it listens.
     *
     * @param own its key, under which all its names sign
     * @param hub the hub's public certificate
     * @param ways attributes of the partnership by which each of its names sends to the hub; {@code MDN_ADDRESS} in
     *     them is where it takes asynchronous MDNs
     */
    public void start(Keys own, Keys hub, URI hubAddress, Map<String, String> ways) throws Exception {
        keyStore(own, hub);
        Files.writeString(
                home().resolve("config.xml"),
                Files.readString(file("config.xml"))
                        .replace("@PASSWORD@", PASSWORD)
                        .replace("@PORT@", Integer.toString(port()))
                        .replace("@MDN_PORT@", Integer.toString(mdnPort)));
        Files.writeString(home().resolve("commands.xml"), "<commands/>");
        Files.writeString(home().resolve("partnerships.xml"), partnerships(hubAddress, ways));
        Files.createDirectories(home().resolve("data/toAny"));
        Files.createDirectories(home().resolve("ready"));
        start(
                " started.",
                List.of(
                        "-Dorg.apache.commons.logging.Log=org.openas2.logging.Log",
                        "org.openas2.app.OpenAS2Server",
                        home().resolve("config.xml").toString()));
    }

    private String partnerships(URI hubAddress, Map<String, String> ways) {
        StringBuilder text = new StringBuilder(
                "<partnerships>\n<partner name=\"lonja\" as2_id=\"LONJA\" x509_alias=\"lonja\" email=\"a@b\"/>\n");
        for (String name : ways.keySet()) {
            text.append("<partner name=\"%s\" as2_id=\"%1$s\" x509_alias=\"peer\" email=\"a@b\"/>\n".formatted(name));
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
        Path ready = home().resolve("ready").resolve(file);
        Files.write(ready, document);
        Files.move(ready, home().resolve("data/toAny").resolve(file), StandardCopyOption.ATOMIC_MOVE);
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
        try (Stream<Path> files = Files.list(home().resolve("data/toAny/error"))) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith("@%s_LONJA".formatted(from)));
        } catch (IOException none) {
            return false;
        }
    }

    @Override
    public Path inbox() {
        return home().resolve("data/inbox");
    }

    private static void await(Supplier<Boolean> condition) {
        Awaitility.await()
                .atMost(SENT_WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .until(condition::get);
    }
}
