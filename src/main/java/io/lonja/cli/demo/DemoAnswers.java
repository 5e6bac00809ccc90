package io.lonja.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** What the demo's clients make of the hub's answers. */
final class DemoAnswers {

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);
    private static final Duration POLL_EVERY = Duration.ofMillis(100);

    private DemoAnswers() {}

    /** The interchange once the hub has come to an end with it. */
    static JsonNode settled(DemoClient client, String id) {
        return until(client, "/interchanges/" + id, interchange -> {
            String status = interchange.get("status").asText();
            return !status.equals("received") && !status.equals("processing");
        });
    }

    /** The resource once it is as it must be. */
    static JsonNode until(DemoClient client, String path, Predicate<JsonNode> asItMustBe) {
        Instant deadline = Instant.now().plus(SETTLED_WITHIN);
        while (true) {
            JsonNode resource = expect(200, client.get(path));
            if (asItMustBe.test(resource)) {
                return resource;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(
                        "%s is still %s after %s; the hub's log says why".formatted(path, resource, SETTLED_WITHIN));
            }
            LockSupport.parkNanos(POLL_EVERY.toNanos());
        }
    }

    static JsonNode expect(int status, DemoClient.Answer answer) {
        if (answer.status() != status) {
            throw unexpected(answer);
        }
        return answer.json();
    }

    static IllegalStateException unexpected(DemoClient.Answer answer) {
        return new IllegalStateException("The hub answered %d: %s".formatted(answer.status(), answer.text()));
    }

    static String money(JsonNode money) {
        return money.path("amount").asText() + " " + money.path("currency").asText();
    }

    static String because(JsonNode because) {
        return "%s %s"
                .formatted(because.path("type").asText(), because.path("number").asText());
    }

    /** Fetches what the hub owes the partner, confirms it, and gives the telling segments of it. */
    static String acknowledgment(DemoClient client, String interchange) {
        List<String> told = new ArrayList<>();
        for (JsonNode delivery :
                expect(200, client.get("/deliveries?limit=500")).get("items")) {
            if (!delivery.path("interchange").asText().equals(interchange)) {
                continue;
            }
            String id = delivery.get("id").asText();
            DemoClient.Answer payload = client.get("/deliveries/" + id + "/payload");
            told.add(segments(payload.text(), "AK3", "AK4", "AK5", "AK9", "TA1", "UCI", "UCM", "UCS", "UCD"));
            DemoClient.Answer confirmed = client.post("/deliveries/" + id + "/received", "demo-received-" + id, "{}");
            if (confirmed.status() / 100 != 2) {
                throw unexpected(confirmed);
            }
        }
        return told.isEmpty() ? "none" : String.join(" ", told);
    }

    /** Those segments of an interchange that have one of these tags. */
    static String segments(String interchange, String... tags) {
        List<String> found = new ArrayList<>();
        for (String segment : interchange.split("[~'\r\n]+")) {
            for (String tag : tags) {
                if (segment.startsWith(tag)) {
                    found.add(segment);
                }
            }
        }
        return String.join(" ", found);
    }
}
