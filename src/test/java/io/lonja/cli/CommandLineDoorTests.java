package io.lonja.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.transport.as2.Keys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineDoorTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> started = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void servesWithoutACommandAndPassesSettingsOn() {
        assertThat(run()).isEqualTo(CommandLineDoor.RUNNING);
        assertThat(run("--server.port=0", "--lonja.home=/x")).isEqualTo(CommandLineDoor.RUNNING);
        assertThat(run("serve", "--lonja.home=/y")).isEqualTo(CommandLineDoor.RUNNING);
        assertThat(started).containsExactly("--server.port=0", "--lonja.home=/x", "--lonja.home=/y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve --lonja.home", "serve port=1", "srve", "partner", "lint a b", "doctor --port x"})
    void refusesWrongUsageWithCodeTwoAndASentence(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("Exception");
        assertThat(started).isEmpty();
    }

    @Test
    void saysWhyTheHubDidNotStart() {
        CommandLineDoor door = new CommandLineDoor(
                new FakeHub(() -> {
                    throw new IllegalStateException("outer", new IllegalStateException("Port 8080 is taken."));
                }),
                new PrintWriter(out, true),
                new PrintWriter(err, true));

        assertThat(door.run("serve")).isEqualTo(2);
        assertThat(err).hasToString("lonja serve: Port 8080 is taken." + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "demo",
                "inspect",
                "map",
                "verify",
                "rebuild",
                "lint",
                "doctor",
                "client",
                "client new",
                "client rotate",
                "client revoke",
                "partner",
                "partner new"
            })
    void explainsEachCommand(String command) {
        assertThat(run((command + " --help").split(" "))).isZero();
        assertThat(out.toString()).startsWith("Usage: lonja " + command);
    }

    @Test
    void makesAPartnersFolderThatLintFindsRight() throws IOException {
        Files.createDirectories(folder.resolve("partners/_template"));
        Path guide = Files.createDirectories(folder.resolve("schemas/x12-004010-850"));
        try (Stream<Path> files = Files.list(Path.of("schemas/x12-004010-850"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, guide.resolve(file.getFileName()));
            }
        }
        Files.copy(Path.of("partners/_template/partner.yaml"), folder.resolve("partners/_template/partner.yaml"));

        assertThat(run("partner", "new", "acme", "--config", folder.toString())).isZero();
        assertThat(folder.resolve("partners/acme/partner.yaml")).exists();
        assertThat(run("lint", folder.toString())).isZero();

        assertThat(run("partner", "new", "acme", "--config", folder.toString())).isEqualTo(2);
        assertThat(run("partner", "new", "../acme", "--config", folder.toString()))
                .isEqualTo(2);
    }

    @Test
    void makesListsAndCertifiesOurKeys() throws IOException {
        String home = folder.resolve("home").toString();
        assertThat(run("key", "new", "--home", home, "--type", "ec-p256")).isZero();
        assertThat(run("key", "new", "--home", home, "--sign-from", "2031-01-02"))
                .isZero();
        assertThat(out.toString()).contains("Made as2-lonja-2. Send ", "It signs from 2031-01-02");
        assertThat(run("key", "new", "--home", home, "--as2-name", "LONJA ES")).isZero();
        assertThat(out.toString()).contains("Made as2-lonja-es. ", "It signs from " + LocalDate.now(ZoneOffset.UTC));
        out.getBuffer().setLength(0);
        assertThat(run("key", "list", "--home", home)).isZero();
        assertThat(out.toString().lines().toList())
                .satisfiesExactly(
                        first ->
                                assertThat(first).contains("as2-lonja-2", "RSA 3072", "signs from 2031-01-02", "days)"),
                        second -> assertThat(second)
                                .startsWith("as2-lonja ")
                                .contains(" EC ")
                                .doesNotContain(" for "),
                        third -> assertThat(third).startsWith("as2-lonja-es ").endsWith("  for LONJA ES"));
        out.getBuffer().setLength(0);
        assertThat(run("key", "request", "as2-lonja-2", "--home", home)).isZero();
        assertThat(out.toString()).startsWith("-----BEGIN CERTIFICATE REQUEST-----");
        assertThat(run("key", "request", "as2-nobody", "--home", home)).isEqualTo(2);
        assertThat(run("key", "new", "--home", home, "--type", "rsa512")).isEqualTo(2);
        assertThat(err.toString()).contains("is none of rsa3072");
        Path certificate = folder.resolve("home/keys/as2-lonja.certificate.pem");
        assertThat(run("key", "import", certificate.toString(), "--home", home)).isEqualTo(2);
        assertThat(err.toString()).contains("here already, as as2-lonja.");
    }

    @Test
    void listsEveryFaultOfPartnersAndRoutesWithFileAndLine() throws IOException {
        write("partners/acme/partner.yaml", "name: Acme\n");
        write("routes/pipeline/intake.camel.yaml", """
                - route:
                    id: intaek
                    from:
                      uri: direct:intake
                      steps:
                        - bean: { beanType: io.lonja.intake.Intake, method: accpet }
                        - bean: { beanType: io.lonja.intake.Entake, method: accept }
                        - to: direct:nowhere
                """);
        write("routes/pipeline/other.camel.yaml", """
                - route:
                    id: other
                    description: Answers what another answers.
                    from:
                      uri: direct:intake
                      steps:
                        - to: { uri: "direct:intake" }
                """);

        assertThat(run("lint", folder.toString())).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactlyInAnyOrder(
                        "partners/acme/partner.yaml:1: `roles` is missing: what the partner is to the consortium; a list with"
                                + " at least one of member, supplier, operator, carrier, prospect.",
                        "partners/acme/partner.yaml:1: `identities` is missing: the names the partner bears on the wire; each"
                                + " is one value or a list of values.",
                        "partners/acme/partner.yaml:1: `channels` is missing: the doors by which bytes come and go.",
                        "routes/pipeline/intake.camel.yaml:1: The route's id is `intaek`, the file's name says `intake`; they"
                                + " must be the same.",
                        "routes/pipeline/intake.camel.yaml:1: The route has no `description`.",
                        "routes/pipeline/intake.camel.yaml:6: io.lonja.intake.Intake has no method `accpet`.",
                        "routes/pipeline/intake.camel.yaml:7: There is no class `io.lonja.intake.Entake`.",
                        "routes/pipeline/intake.camel.yaml:8: No route answers `direct:nowhere`.",
                        "routes/pipeline/other.camel.yaml:5: `direct:intake` is answered by pipeline/intake.camel.yaml:4"
                                + " already.");
    }

    @Test
    void findsNoFaultInWhatTheProjectItselfHolds() {
        assertThat(run("lint", ".")).as(out.toString()).isZero();
    }

    @Test
    void tellsWhoseFolderIsOpenToOthers() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(run("doctor", "--home", home.toString(), "--port", "0")).isEqualTo(1);
        assertThat(out.toString()).contains("is open to others (rwxr-xr-x); run chmod 700.");
    }

    @Test
    void tellsWhoCannotBringTheMdnsItIsAskedFor() throws IOException {
        Path acme = Files.createDirectories(folder.resolve("partners/acme/certificates"));
        Files.createDirectories(folder.resolve("schemas"));
        try (var pem = CommandLineDoorTests.class.getResourceAsStream("/partner/acme.pem")) {
            Files.copy(pem, acme.resolve("own.pem"));
        }
        Files.writeString(folder.resolve("partners/acme/partner.yaml"), """
                name: Acme
                roles: [member]
                identities: { as2: ACME }
                channels:
                  as2:
                    outbound: { url: "https://acme.example/as2", mdn: async-signed }
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2026-01-01, until: 2027-12-31 }
                """);
        String[] doctor = {
            "doctor", "--home", folder.resolve("home").toString(), "--config", folder.toString(), "--port", "0"
        };

        run(doctor);
        assertThat(out.toString()).contains("acme shall send asynchronous MDNs, and nothing says where");
        run(Stream.concat(Stream.of(doctor), Stream.of("--public-url", "https://edi.example.com/as2"))
                .toArray(String[]::new));
        assertThat(out.toString()).contains("asynchronous MDNs are wanted at https://edi.example.com/as2.");
    }

    @ParameterizedTest
    @CsvSource({
        "-2, 'LOOK certificate  certificates/own.pem of partner acme ended on END.'",
        "29, 'LOOK certificate  certificates/own.pem of partner acme is valid for another 29 days.'",
        "30, 'ok   certificate  certificates/own.pem of partner acme is valid for another 30 days.'"
    })
    void tellsOfEachPartnersCertificateWhenItEnds(int days, String line) throws IOException {
        LocalDate end = LocalDate.now(ZoneOffset.UTC).plusDays(days);
        write("partners/acme/certificates/own.pem", Keys.rsa("acme").pem());
        write("partners/acme/partner.yaml", """
                name: Acme
                roles: [member]
                identities: { as2: ACME }
                channels:
                  as2:
                    certificates:
                      - { file: certificates/own.pem, use: [sign, encrypt], from: 2020-01-01, until: %s }
                """.formatted(end));
        Files.createDirectories(folder.resolve("schemas"));
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));

        run("doctor", "--home", home.toString(), "--config", folder.toString(), "--port", "0");
        assertThat(out.toString().lines()).contains(line.replace("END", end.toString()));
    }

    @Test
    void needsTheOperatorsCredentialsForClients() {
        assertThat(run("client", "new", "acme", "--home", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Cannot read the operator's credentials");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLineDoor(new FakeHub(() -> {}), new PrintWriter(out, true), new PrintWriter(err, true))
                .run(arguments);
    }

    /** Stands where a container would start. */
    private final class FakeHub implements CommandLineDoor.Hub {

        private final Runnable onStart;

        FakeHub(Runnable onStart) {
            this.onStart = onStart;
        }

        @Override
        public CommandLineDoor.Address start(String... settings) {
            onStart.run();
            started.addAll(List.of(settings));
            return new CommandLineDoor.Address(URI.create("https://localhost"), "", 2222, "SHA256:x");
        }

        @Override
        public CommandLineDoor.Parts open(String... settings) {
            throw new IllegalStateException("No database here");
        }
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
