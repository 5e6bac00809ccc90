package io.lonja.acceptance;

import io.lonja.Lonja;
import io.lonja.transport.HttpsEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole hub in this JVM, on free ports and an empty data folder, with the demo's partners. */
public final class RunningHub implements AutoCloseable {

    private static final Path PARTNERS = Path.of("src/main/resources/demo/partners");

    private final ConfigurableApplicationContext context;
    private final Path home;

    private RunningHub(ConfigurableApplicationContext context, Path home) {
        this.context = context;
        this.home = home;
    }

    public static RunningHub start(Path home, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--lonja.home=" + home,
                "--lonja.partners.also=" + PARTNERS,
                "--server.port=0",
                "--lonja.https.port=0",
                "--management.server.port=0"));
        all.addAll(List.of(settings));
        return new RunningHub(new SpringApplication(Lonja.class).run(all.toArray(String[]::new)), home);
    }

    /** The address over TLS. */
    public URI https() {
        return URI.create(
                "https://localhost:" + context.getBean(HttpsEndpoint.class).port());
    }

    /** The address in plain HTTP, for the machine itself. */
    public URI http() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    public String fingerprint() {
        return context.getBean(HttpsEndpoint.class).fingerprint();
    }

    public Path operatorSecret() {
        return home.resolve("secrets/operator.json");
    }

    @Override
    public void close() {
        context.close();
    }
}
