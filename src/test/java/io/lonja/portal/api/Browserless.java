package io.lonja.portal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.acceptance.RunningHub;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;

/** A program that calls a running hub over a socket, with a token where it has one. */
final class Browserless {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final String hub;
    private final String token;

    private Browserless(String hub, String token) {
        this.hub = hub;
        this.token = token;
    }

    static Browserless anonymous(URI hub) {
        return new Browserless(hub.toString(), "");
    }

    /** With the credentials that the first start wrote. */
    static Browserless operator(RunningHub hub) throws IOException, InterruptedException {
        JsonNode credentials = JSON.readTree(Files.readAllBytes(hub.home().resolve("secrets/operator.json")));
        return anonymous(hub.http())
                .with(
                        credentials.get("clientId").asText(),
                        credentials.get("clientSecret").asText());
    }

    /** The same hub with a fresh token of this client. */
    Browserless with(String clientId, String secret) throws IOException, InterruptedException {
        HttpResponse<String> answer = token(clientId, secret, "");
        return new Browserless(
                hub, JSON.readTree(answer.body()).get("access_token").asText());
    }

    HttpResponse<String> token(String clientId, String secret, String more) throws IOException, InterruptedException {
        String basic =
                Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.US_ASCII));
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(hub + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials" + more))
                        .build(),
                BodyHandlers.ofString());
    }

    /** A client made by this operator, with its own token. */
    Browserless member(String party) throws IOException, InterruptedException {
        JsonNode client = json(post(
                "/clients", "{\"clientId\":\"%s-%d\",\"party\":\"%s\"}".formatted(party, System.nanoTime(), party)));
        return with(client.get("clientId").asText(), client.get("clientSecret").asText());
    }

    /** Sends these bytes without saying how many they are ({@code Transfer-Encoding: chunked}). */
    HttpResponse<byte[]> chunked(String path, byte[] body) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(hub + "/api/v1" + path))
                        .version(HttpClient.Version.HTTP_1_1)
                        .timeout(Duration.ofSeconds(60))
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send("GET", path, new byte[0]);
    }

    HttpResponse<byte[]> post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, json.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
    }

    /** @param headers names and values in turn */
    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(hub + (path.startsWith("//") ? path.substring(1) : "/api/v1" + path)))
                .timeout(Duration.ofSeconds(60))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
