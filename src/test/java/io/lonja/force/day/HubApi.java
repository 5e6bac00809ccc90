package io.lonja.force.day;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The hub's API as a partner's program calls it, and the channel of those who hand their interchanges over by it. */
final class HubApi implements Channel {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String caller;
    private final HttpClient http;
    private final URI api;
    private final String token;
    private String receipt = "";

    HubApi(Firm firm, HttpClient http, URI hub, String token) {
        this.caller = firm.id();
        this.http = http;
        this.api = hub.resolve("/api/v1/");
        this.token = token;
    }

    @Override
    public void bring(byte[] interchange) {
        receipt = post("interchanges", interchange, 202).get("id").asText();
    }

    @Override
    public void bringAgain(byte[] interchange) {
        if (!post("interchanges", interchange, 200).get("id").asText().equals(receipt)) {
            throw new AssertionError(caller + " has two receipts for the same bytes");
        }
    }

    @Override
    public List<byte[]> collect() {
        List<byte[]> collected = new ArrayList<>();
        for (JsonNode delivery : get("deliveries?status=pending&limit=500").get("items")) {
            String id = delivery.get("id").asText();
            collected.add(call("GET", "deliveries/%s/payload".formatted(id), new byte[0], 200));
            call("POST", "deliveries/%s/received".formatted(id), new byte[0], 200);
        }
        return collected;
    }

    JsonNode get(String path) {
        return json(call("GET", path, new byte[0], 200));
    }

    JsonNode post(String path, byte[] body, int status) {
        return json(call("POST", path, body, status));
    }

    private byte[] call(String method, String path, byte[] body, int status) {
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(api.resolve(path))
                            .timeout(Duration.ofSeconds(60))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", body.length == 0 ? "application/json" : "application/octet-stream")
                            .method(
                                    method,
                                    body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofByteArray());
            if (answer.statusCode() != status) {
                throw new AssertionError("%s %s of %s is answered %d: %s%n%s"
                        .formatted(
                                method, path, caller, answer.statusCode(), Wire.text(answer.body()), Wire.text(body)));
            }
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError("%s %s of %s is not answered".formatted(method, path, caller), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + Wire.text(body), e);
        }
    }
}
