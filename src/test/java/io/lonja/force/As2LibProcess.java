package io.lonja.force;

import io.lonja.transport.as2.Keys;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** phax as2-lib 5.1.7 with its socket server, in the program {@code As2LibPeer.java} of its folder. */
public final class As2LibProcess extends PeerProcess {

    private static final Duration SENT_WITHIN = Duration.ofSeconds(30);

    private final int mdnPort;

    public As2LibProcess(Path home) throws IOException {
        super("as2-lib", home);
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
     * @param ways how each of its names sends to the hub, {@code sign=DIGEST_SHA_256 encrypt=CRYPT_AES128_CBC}; what the
     *     hub sends to this name must be signed or not and encrypted or not just so, or its MIC is wrong
     */
    public void start(Keys own, Keys hub, URI hubAddress, Map<String, String> ways) throws Exception {
        keyStore(own, hub);
        StringBuilder text = new StringBuilder();
        ways.forEach(
                (name, way) -> text.append("%s %s".formatted(name, way).strip()).append('\n'));
        Files.writeString(home().resolve("ways.txt"), text);
        start(
                "as2-lib is ready",
                List.of(
                        file("As2LibPeer.java").toString(),
                        home().toString(),
                        Integer.toString(port()),
                        PASSWORD,
                        hubAddress.toString(),
                        Integer.toString(mdnPort)));
    }

    @Override
    public Path inbox() {
        return home().resolve("inbox");
    }

    /**
     * Gives it a document to send to the hub, once a name.
     *
     * @return what it says of it, {@code disposition=[…] mic=match|mismatch|unknown signed=true|false exception=[none]}
     */
    String send(String from, byte[] document) throws IOException {
        Path file = Files.write(home().resolve(from + ".edi"), document);
        input().write("%s %s\n".formatted(from, file).getBytes(StandardCharsets.UTF_8));
        input().flush();
        return said("sent %s ".formatted(from));
    }

    /** What it says of the asynchronous MDN that came for this name, {@code disposition=[…] mic=match signed=true}. */
    String mdn(String name) {
        return said("mdn %s ".formatted(name));
    }

    private String said(String said) {
        Awaitility.await()
                .atMost(SENT_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> log().contains(said) && log().indexOf('\n', log().indexOf(said)) > 0);
        return log().lines()
                .filter(line -> line.startsWith(said))
                .findFirst()
                .orElseThrow()
                .substring(said.length());
    }
}
