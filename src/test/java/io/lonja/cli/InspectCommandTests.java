package io.lonja.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class InspectCommandTests {

    private static final Path SAMPLES = Path.of("schemas/x12-004010-850/samples");

    private final InputStream in = System.in;
    private final PrintStream systemOut = System.out;
    private final ByteArrayOutputStream acknowledgments = new ByteArrayOutputStream();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void takesWhatIsWrittenAsBytes() {
        System.setOut(new PrintStream(acknowledgments, true, ISO_8859_1));
    }

    @AfterEach
    void givesTheStreamsBack() {
        System.setIn(in);
        System.setOut(systemOut);
    }

    @Test
    void aFolderIsAllFilesBelowItInOrder() throws IOException {
        copy("single-line", "b/2.edi");
        copy("single-line", "b/1.edi");
        copy("single-line", "a.edi");
        copy("single-line", "c.edi");

        assertThat(run("--brief", folder.toString())).isZero();
        assertThat(out.toString().lines().filter(line -> !line.startsWith(" ")))
                .containsExactly(
                        folder + "/a.edi: accepted",
                        folder + "/b/1.edi: accepted",
                        folder + "/b/2.edi: accepted",
                        folder + "/c.edi: accepted");
    }

    @Test
    void theWorstOfAllFilesIsTheExitCode() throws IOException {
        copy("single-line", "1-good.edi");
        assertThat(run(folder.toString())).isZero();
        copy("short-set-number", "2-findings.edi");
        copy("single-line", "3-good.edi");
        assertThat(run(folder.toString())).isEqualTo(1);
        copy("missing-po-number", "2-refused.edi");
        assertThat(run(folder.toString())).isEqualTo(2);
    }

    @Test
    void standardInputIsAFileAmongOthers() throws IOException {
        System.setIn(new ByteArrayInputStream(Files.readAllBytes(SAMPLES.resolve("missing-po-number.edi"))));

        assertThat(run("--json", SAMPLES.resolve("single-line.edi").toString(), "-"))
                .isEqualTo(2);
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("\"outcome\":\"accepted\"");
        assertThat(lines.get(1)).startsWith("{\"file\":\"-\",\"outcome\":\"refused\",");
        assertThat(run("-", "-")).isEqualTo(2);
        assertThat(err.toString()).contains("only once");
    }

    @Test
    void acknowledgmentsOfSeveralFilesHaveNumbersOfTheirOwn() throws IOException {
        copy("single-line", "1.edi");
        copy("missing-po-number", "2.edi");
        copy("single-line", "3.edi");

        assertThat(run("--ack", folder.toString())).isEqualTo(2);
        assertThat(Pattern.compile("ISA(?:\\*[^*]*){12}\\*(\\d{9})\\*")
                        .matcher(acknowledgments.toString(ISO_8859_1))
                        .results()
                        .map(match -> match.group(1)))
                .containsExactly("000000001", "000000002", "000000003");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void answersGroupsOf005010ByWhatAProfileMayAskFor() throws IOException {
        Path later = folder.resolve("later.edi");
        Files.writeString(
                later,
                Files.readString(SAMPLES.resolve("single-line.edi"), ISO_8859_1)
                        .replace("*U*00401*", "*^*00501*")
                        .replace("*X*004010~", "*X*005010~"),
                ISO_8859_1);

        run("--ack", later.toString());
        assertThat(acknowledgments.toString(ISO_8859_1)).contains("ST*997*").doesNotContain("ST*999*");
        acknowledgments.reset();
        run("--ack", "--functional-acknowledgment", "999", later.toString());
        assertThat(acknowledgments.toString(ISO_8859_1)).contains("ST*999*0001*005010X231A1~");
        assertThat(run("--ack", "--functional-acknowledgment", "855", later.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--functional-acknowledgment is 997 or 999, not 855.");
    }

    @Test
    void oneFileThatCannotBeReadDoesNotHideTheOthers() throws IOException {
        String good = SAMPLES.resolve("single-line.edi").toString();

        assertThat(run("--json", folder.resolve("none.edi").toString(), good)).isEqualTo(2);
        assertThat(err.toString()).startsWith("lonja inspect: " + folder.resolve("none.edi") + " cannot be read");
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(new ObjectMapper().readTree(lines.get(0)).path("outcome").asText())
                .isEqualTo("not-read");
        assertThat(new ObjectMapper().readTree(lines.get(1)).path("outcome").asText())
                .isEqualTo("accepted");
    }

    @Test
    void anEmptyFolderIsSaidToBeEmpty() {
        assertThat(run(folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("There is no file in the folder " + folder + ".");
    }

    @Test
    void showsATreeWithoutBeingAsked() {
        assertThat(run(SAMPLES.resolve("missing-po-number.edi").toString())).isEqualTo(2);
        assertThat(out.toString()).contains("2 BEG  Beginning of Purchase Order\n", "The guide: AN 1..22, mandatory.");
    }

    @Test
    void judgesAndMapsByTheOverlayThatIsNamed() throws IOException {
        Path overlay = Files.createDirectories(folder.resolve("config/schemas/x12-004010-850-acme"));
        FileSystemUtils.copyRecursively(Path.of("schemas"), folder.resolve("config/schemas"));
        Files.writeString(overlay.resolve("overlay.xml"), """
                <overlay xmlns="http://xlate.io/EDISchema/v4" base="x12-004010-850">
                  <segmentType name="BEG"><element position="3" maxLength="5"/></segmentType>
                </overlay>
                """);
        String config = "--config=" + folder.resolve("config");
        String sample = SAMPLES.resolve("single-line.edi").toString();
        assertThat(run(config, sample)).isZero();
        assertThat(run(config, "--guide=x12-004010-850-acme", sample)).isEqualTo(2);
        assertThat(out.toString())
                .contains("BEG03 (Purchase Order Number) in segment 2 is longer than 5 characters")
                .contains("So it is agreed in x12-004010-850-acme.");

        assertThat(run(config, "--guide=x12-004010-850-gone", sample)).isEqualTo(2);
        assertThat(err.toString())
                .contains("There is no overlay x12-004010-850-gone in")
                .contains("; there are x12-004010-850-acme.");

        assertThat(door("map", config, sample)).isZero();
        String plain = out.toString();
        assertThat(plain).contains("\"type\":\"purchase-order\"");
        assertThat(door("map", config, "--guide=x12-004010-850-acme", sample)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("So it is agreed in x12-004010-850-acme.");
        Files.writeString(
                overlay.resolve("overlay.xml"),
                "<overlay xmlns=\"http://xlate.io/EDISchema/v4\" base=\"x12-004010-850\"/>");
        assertThat(door("map", config, "--guide=x12-004010-850-acme", sample)).isZero();
        assertThat(out.toString()).isEqualTo(plain);
    }

    private void copy(String sample, String as) throws IOException {
        Path file = folder.resolve(as);
        Files.createDirectories(file.getParent());
        Files.copy(SAMPLES.resolve(sample + ".edi"), file);
    }

    private int run(String... arguments) {
        return door("inspect", arguments);
    }

    private int door(String command, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[arguments.length + 1];
        all[0] = command;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new CommandLineDoor(NoHub.HERE, new PrintWriter(out, true), new PrintWriter(err, true)).run(all);
    }

    /** Nothing of it is needed without a hub. */
    private enum NoHub implements CommandLineDoor.Hub {
        HERE;

        @Override
        public CommandLineDoor.Address start(String... settings) {
            throw new IllegalStateException("No hub here");
        }

        @Override
        public CommandLineDoor.Parts open(String... settings) {
            throw new IllegalStateException("No hub here");
        }
    }
}
