package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.DOCUMENT;
import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static io.lonja.transport.as2.As2Door.ACME;
import static io.lonja.transport.as2.As2Door.HUB;
import static io.lonja.transport.as2.As2Door.about;
import static io.lonja.transport.as2.As2Door.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.transport.as2.As2Peer.Reply;
import io.lonja.transport.as2.OpenerCounters.Work;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.Test;

/**
 * Who makes something of a captured message and sends it to the real door hears the same whatever is wrong with it, and
 * by the hub's own metrics the same was done. Times are printed and not judged.
 */
class SameAnswerIT {

    private static final int ROUNDS = 5;

    /** Everything that can be seen of an answer but times, identifiers and lengths. */
    private record Seen(int status, Map<String, List<String>> headers, String text) {}

    @Test
    void isGivenToWhateverIsMadeOfACapturedMessage() throws Exception {
        Captured captured = Captured.message(DOCUMENT.signed(THEIRS), CMSAlgorithm.AES128_CBC, OURS);
        long seed = 4714;
        Random random = new Random(seed);
        Map<String, List<Long>> nanos = new LinkedHashMap<>();
        try (KeptConnection connection = new KeptConnection(ACME)) {
            Seen expected = seen(connection.send(captured.paddingAlone(), "<padding@door>"), "<padding@door>");
            assertThat(expected.text()).contains("processed/error: decryption-failed");
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, Wire> attempt : captured.attempts(random).entrySet()) {
                    String id = id();
                    Work before = work();
                    long start = System.nanoTime();
                    Reply reply = connection.send(attempt.getValue(), id);
                    nanos.computeIfAbsent(attempt.getKey(), it -> new ArrayList<>())
                            .add(System.nanoTime() - start);
                    assertThat(work().since(before))
                            .as("%s, seed %d", attempt.getKey(), seed)
                            .isEqualTo(new Work(1, 1, Captured.contentBytes(attempt.getValue()), 0, 0));
                    assertThat(seen(reply, id))
                            .as("%s, seed %d", attempt.getKey(), seed)
                            .isEqualTo(expected);
                    assertThat(reply.signed()).isTrue();
                    assertThat(about(id)).singleElement().satisfies(entry -> {
                        assertThat(entry.type().name()).isEqualTo("transmission-turned-away");
                        assertThat(entry.payloadLength()).isZero();
                    });
                }
            }
            // Where it ends in the middle of something is seen from outside anyway, and is no other answer either.
            byte[] body = captured.genuine().body();
            for (int length : new int[] {1, 100, 300, body.length / 2, body.length - 20, body.length - 1}) {
                String id = id();
                Wire cut = new Wire(captured.genuine().headers(), Arrays.copyOf(body, length));
                assertThat(seen(connection.send(cut, id), id))
                        .as("cut to %d bytes", length)
                        .isEqualTo(expected);
            }
        }
        nanos.forEach((name, each) -> System.out.printf(
                "%-29s median %6d µs%n", name, each.stream().sorted().toList().get(ROUNDS / 2) / 1000));
    }

    /** A wrong padding under a message that is right in all else spares no work, so its time says nothing. */
    @Test
    void comesAsLateAsTheGoodOneWhereThePaddingAloneIsWrong() throws Exception {
        Captured captured = Captured.message(DOCUMENT.signed(THEIRS), CMSAlgorithm.AES256_CBC, OURS);
        Work start = work();
        assertThat(ACME.send(captured.genuine()).disposition()).isEqualTo("processed");
        Work good = work().since(start);
        Work middle = work();
        assertThat(ACME.send(captured.paddingAlone()).disposition()).isEqualTo("processed/error: decryption-failed");
        assertThat(work().since(middle)).isEqualTo(good);
        assertThat(good).isEqualTo(new Work(1, 1, Captured.contentBytes(captured.genuine()), 0, 1));
    }

    private static Seen seen(Reply reply, String id) {
        Map<String, List<String>> headers = new TreeMap<>(reply.headers());
        String type = headers.get("content-type").get(0);
        String boundary = type.replaceAll("(?s).*boundary=\"?([^\";]+).*", "$1");
        headers.keySet().removeAll(List.of("date", "message-id", "content-length"));
        headers.put("content-type", List.of(type.replace(boundary, "")));
        String body = new String(reply.body(), StandardCharsets.ISO_8859_1);
        String signed = body.substring(0, body.indexOf("application/pkcs7-signature"));
        return new Seen(
                reply.status(),
                headers,
                signed.replace(id, "")
                        .replaceAll("(?m)^--.*$", "--")
                        .replaceAll("boundary=\"?[^\"\r\n]+", "boundary="));
    }

    /** As whoever watches the hub sees it. */
    private static Work work() throws IOException, InterruptedException {
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(HUB.management().resolve("/actuator/prometheus"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return new Work(
                count(metrics, "private_key_operations"),
                count(metrics, "contents_decrypted"),
                count(metrics, "bytes_decrypted"),
                count(metrics, "bytes_expanded"),
                count(metrics, "signatures_checked"));
    }

    private static long count(String metrics, String name) {
        String line = "lonja_as2_opener_%s_total ".formatted(name);
        return metrics.lines()
                .filter(it -> it.startsWith(line))
                .map(it -> (long) Double.parseDouble(it.substring(line.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + line + "in the metrics"));
    }
}
