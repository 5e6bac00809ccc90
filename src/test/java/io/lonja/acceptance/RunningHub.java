package io.lonja.acceptance;

import io.lonja.Lonja;
import io.lonja.archive.DataFolder;
import io.lonja.cli.demo.DemoDoors;
import io.lonja.cli.demo.DemoKeys;
import io.lonja.cli.demo.DemoPartners;
import io.lonja.transport.HttpsEndpoint;
import io.lonja.transport.SftpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole hub in this JVM, on free ports and an empty data folder, with the demo's partners. */
public final class RunningHub implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final Path home;
    private final DemoKeys keys;

    private RunningHub(ConfigurableApplicationContext context, Path home, DemoKeys keys) {
        this.context = context;
        this.home = home;
        this.keys = keys;
    }

    /** One for all tests that add to a hub and take nothing away; it takes bodies up to 1 MB and ends with the JVM. */
    public static RunningHub shared() {
        return Shared.HUB;
    }

    /** Initialised when it is first asked for. */
    private static final class Shared {

        private static final RunningHub HUB = start(fresh(), "--lonja.intake.content-max=1MB");

        private static Path fresh() {
            try {
                return Files.createTempDirectory(Files.createDirectories(Path.of("target", "running-hub")), "home-")
                        .toAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static RunningHub start(Path home, String... settings) {
        return start(home, context -> {}, settings);
    }

    /** @param also puts beans of the test beside those of the hub */
    public static RunningHub start(
            Path home, ApplicationContextInitializer<ConfigurableApplicationContext> also, String... settings) {
        DataFolder data = DataFolder.at(home);
        DemoPartners.writeTo(data.folder("partners"));
        DemoKeys keys = DemoKeys.in(data);
        List<String> all = new ArrayList<>(List.of(
                "--lonja.home=" + home,
                "--lonja.partners.also=" + home.resolve("partners"),
                "--server.port=0",
                "--lonja.https.port=0",
                "--lonja.sftp.port=0",
                "--management.server.port=0"));
        for (String setting : settings) { // Twice on one command line would be both.
            String key = setting.substring(0, setting.indexOf('=') + 1);
            all.removeIf(given -> given.startsWith(key));
        }
        all.addAll(List.of(settings));
        SpringApplication hub = new SpringApplication(Lonja.class);
        hub.addInitializers(also);
        return new RunningHub(hub.run(all.toArray(String[]::new)), home, keys);
    }

    /** The address over TLS. */
    public URI https() {
        return URI.create(
                "https://localhost:" + context.getBean(HttpsEndpoint.class).port());
    }

    /** The address in plain HTTP, for the machine itself. */
    public URI http() {
        return local("local.server.port");
    }

    /** Health and metrics. */
    public URI management() {
        return local("local.management.port");
    }

    private URI local(String port) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty(port));
    }

    /** Where its doors are, for the demo's clients. */
    public DemoDoors doors() {
        SftpEndpoint sftp = context.getBean(SftpEndpoint.class);
        return new DemoDoors(https(), fingerprint(), sftp.port(), sftp.fingerprint());
    }

    /** Of the demo's partners. */
    public DemoKeys keys() {
        return keys;
    }

    public String fingerprint() {
        return context.getBean(HttpsEndpoint.class).fingerprint();
    }

    public Path home() {
        return home;
    }

    /** What the hub is made of, to hold what it says against what it has. */
    public ConfigurableApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }
}
