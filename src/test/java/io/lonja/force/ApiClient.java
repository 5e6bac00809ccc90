package io.lonja.force;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** A program with credentials, as anybody could write it from the README. */
public final class ApiClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final String token;

    private ApiClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** Logs in with the credentials that the hub wrote at its first start. */
    public static ApiClient operator(URI base, Path home) throws IOException, InterruptedException {
        JsonNode secret = JSON.readTree(home.resolve("secrets/operator.json").toFile());
        return login(
                base,
                secret.get("clientId").asText(),
                secret.get("clientSecret").asText());
    }

    public static ApiClient login(URI base, String clientId, String clientSecret)
            throws IOException, InterruptedException {
        return new ApiClient(base, token(base, clientId, clientSecret));
    }

    /** An access token for these credentials. */
    public static String token(URI base, String clientId, String clientSecret)
            throws IOException, InterruptedException {
        String basic =
                Base64.getEncoder().encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(base.resolve("/oauth2/token"))
                                .header("Authorization", "Basic " + basic)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    "No token for %s: %d %s".formatted(clientId, answer.statusCode(), answer.body()));
        }
        return JSON.readTree(answer.body()).get("access_token").asText();
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(bytes(path));
    }

    public byte[] bytes(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(request(path).GET().build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("GET %s: %d %s"
                    .formatted(path, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return answer.body();
    }

    /** Every item of a list, page after page. */
    public ArrayNode all(String path) throws IOException, InterruptedException {
        ArrayNode items = JSON.createArrayNode();
        String separator = path.contains("?") ? "&" : "?";
        String after = "";
        do {
            JsonNode page = get(path + separator + "limit=500" + (after.isEmpty() ? "" : "&after=" + after));
            page.get("items").forEach(items::add);
            after = page.path("next").asText("");
        } while (!after.isEmpty());
        return items;
    }

    public JsonNode post(String path, String key, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request(path)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("POST %s: %d %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve("/api/v1" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }
}
