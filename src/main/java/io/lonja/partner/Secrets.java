package io.lonja.partner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a profile names and never holds: passwords of partners' servers, each a file of that name in
 * {@code LONJA_HOME/secrets} or an environment variable.
 *
 * @param folder that of the secrets; need not exist
 */
public record Secrets(Path folder, Map<String, String> environment) {

    /** As this process finds them. */
    public static Secrets in(Path home) {
        return new Secrets(home.resolve("secrets"), System.getenv());
    }

    /**
     * The secret of this name, the file before the variable; without a line end behind it.
     *
     * @throws UncheckedIOException when there is a file and it cannot be read
     */
    public Optional<String> find(String name) {
        Path file = folder.resolve(name).normalize();
        if (!folder.normalize().equals(file.getParent()) || !Files.isRegularFile(file)) {
            return Optional.ofNullable(environment.get(name));
        }
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).stripTrailing());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the secret " + name, e);
        }
    }

    @Override
    public String toString() {
        return "Secrets in " + folder;
    }
}
