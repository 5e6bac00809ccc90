package io.lonja.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;

/** Calls the API of a running hub as its operator, with the credentials that lie in the hub's data folder. */
final class OperatorCall {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final String hub;
    private final String token;

    private OperatorCall(String hub, Path home) {
        this.hub = hub.replaceAll("/+$", "");
        this.token = token(home.resolve("secrets/operator.json"));
    }

    /** Throws {@link RefusedException} when nobody answers there or the credentials do not open it. */
    static OperatorCall to(String hub, Path home) {
        return new OperatorCall(hub, home);
    }

    /**
     * @param path under {@code /api/v1}
     * @param body JSON, empty for none
     * @throws RefusedException with the problem's sentence when the hub refuses
     */
    JsonNode send(String method, String path, String body) {
        return answer(HttpRequest.newBuilder(URI.create(hub + "/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(method, BodyPublishers.ofString(body)));
    }

    private String token(Path file) {
        JsonNode operator;
        try {
            operator = JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new RefusedException(
                    "Cannot read the operator's credentials in %s; name the hub's data folder by --home."
                            .formatted(file));
        }
        String pair = operator.path("clientId").asText() + ":"
                + operator.path("clientSecret").asText();
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return answer(HttpRequest.newBuilder(URI.create(hub + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=operator")))
                .path("access_token")
                .asText();
    }

    private JsonNode answer(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(ANSWER_WITHIN).build(), BodyHandlers.ofString());
            JsonNode body = response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
            if (response.statusCode() >= 300) {
                String sentence = body.path("detail").asText(body.path("error").asText("no reason given"));
                throw new RefusedException("The hub refuses (%d): %s".formatted(response.statusCode(), sentence));
            }
            return body;
        } catch (ConnectException e) {
            throw new RefusedException("No hub answers at %s; start it, or name it by --hub.".formatted(hub));
        } catch (IOException e) {
            throw new RefusedException("The hub at %s did not answer as one: %s".formatted(hub, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("Interrupted.");
        }
    }
}
