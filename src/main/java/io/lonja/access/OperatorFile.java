package io.lonja.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the operator finds its first secret: {@code LONJA_HOME/secrets/operator.json}, mode 0600,
 * {@code {"clientId":"operator","clientSecret":"…"}}.
 */
class OperatorFile {

    static final String CLIENT_ID = "operator";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    OperatorFile(DataFolder home) {
        this.file = home.folder("secrets").resolve("operator.json");
    }

    Path path() {
        return file;
    }

    /** The secret it holds; empty when there is no such file. */
    Optional<String> secret() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode credentials = JSON.readTree(file.toFile());
            String secret = credentials.path("clientSecret").asText();
            if (secret.isEmpty()
                    || !CLIENT_ID.equals(credentials.path("clientId").asText())) {
                throw new IllegalStateException(
                        "%s does not hold the operator's clientId and clientSecret; restore it, or remove it"
                                .formatted(file));
            }
            return Optional.of(secret);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s; restore it, or remove it".formatted(file), e);
        }
    }

    void keep(String secret) {
        DataFolder.keep(file, CanonicalJson.write(Map.of("clientId", CLIENT_ID, "clientSecret", secret)));
    }

    /** After a rotation: programs on this machine read the file, so it follows; whoever moved it away keeps it away. */
    void follow(String secret) {
        if (Files.exists(file)) {
            keep(secret);
        }
    }
}
