package io.lonja.edi;

import static io.lonja.edi.EdiFixture.PARSER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lonja.archive.Sha256;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamReader;
import io.xlate.edi.stream.Location;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Says of each file of the corpus what becomes of it, compares each segment with what StAEDI reads there, and demands that
 * the documentation says the same. Each difference is explained in {@code corpus-differences.properties}.
 */
class EdiCorpusReportTests {

    private static final Path COMMITTED = Path.of("src/docs/proof/edi-corpus.md");
    private static final Path WRITTEN = Path.of("target/edi-corpus.md");
    private static final String SAME = "same";

    private record Line(String name, String standard, String version, String sets, String verdict, String opinion) {}

    private record Plain(String tag, List<List<List<String>>> elements) {

        @Override
        public String toString() {
            return tag + elements;
        }
    }

    @BeforeAll
    static void theCorpusIsThere() {
        assumeTrue(EdiCorpus.isThere(), EdiCorpus.ABSENT);
    }

    @Test
    void theFilesAreThoseOfTheList() {
        assertThat(EdiCorpus.listed())
                .hasSizeGreaterThan(100)
                .allSatisfy(listed -> assertThat(
                                Sha256.of(EdiFixture.bytes(listed.file())).hex())
                        .isEqualTo(listed.sha256()));
    }

    @Test
    void theDocumentationSaysWhatBecomesOfEachFile() throws IOException {
        List<Line> lines = EdiCorpus.listed().stream()
                .map(listed -> line(listed.name(), EdiFixture.bytes(listed.file())))
                .toList();
        String report = report(lines);
        Files.createDirectories(WRITTEN.getParent());
        Files.writeString(WRITTEN, report);
        assertThat(Files.readString(COMMITTED))
                .as("%s is out of date: copy %s over it", COMMITTED, WRITTEN)
                .isEqualTo(report);
    }

    @Test
    void eachDifferenceIsExplained() {
        assertThat(explained().keySet())
                .isEqualTo(EdiCorpus.listed().stream()
                        .map(listed -> line(listed.name(), EdiFixture.bytes(listed.file())))
                        .filter(line -> !line.opinion().startsWith(SAME))
                        .map(Line::name)
                        .collect(Collectors.toSet()));
    }

    private static String report(List<Line> lines) {
        StringBuilder report = new StringBuilder("""
                # What becomes of EDI files that other people wrote

                %d files from public repositories, listed with commit and SHA-256 in `edi-corpus.tsv`; get them with
                `fetch-edi-corpus.sh` and repeat this with `-Dlonja.corpus` and `-Dtest=EdiCorpusReportTests`, which writes this
                file and fails when it no longer agrees. The verdict is what a partner would be told by the guides in
                `schemas/`: most of these files are of kinds for which there is no guide, and are refused for that. StAEDI 1.26.0
                reads the same bytes, but for a byte-order mark, which it does not pass over; where it can, the segments of all
                transaction sets are compared: tag, elements, components, repetitions.

                """.formatted(lines.size()));
        counted(report, "verdict", lines, line -> line.verdict().replaceFirst(":.*", ""));
        counted(report, "StAEDI", lines, line -> line.opinion().replaceFirst("(?s)[ ,;:].*", ""));
        report.append("| file | standard | version | sets | verdict | segments, StAEDI |\n|---|---|---|---|---|---|\n");
        lines.forEach(line -> report.append("| `%s` | %s | %s | %s | %s | %s |\n"
                .formatted(
                        line.name(),
                        line.standard(),
                        cell(line.version()),
                        cell(line.sets()),
                        line.verdict(),
                        cell(line.opinion()))));
        report.append("\n## Where StAEDI says otherwise, one by one\n\n");
        Properties explained = explained();
        lines.stream()
                .filter(line -> !line.opinion().startsWith(SAME))
                .forEach(line -> report.append(
                        "- `%s`: %s.\n".formatted(line.name(), explained.getProperty(line.name(), "not explained"))));
        return report.toString();
    }

    private static void counted(StringBuilder report, String what, List<Line> lines, Function<Line, String> by) {
        String counts =
                lines.stream()
                        .collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        report.append("By %s: %s.\n\n".formatted(what, counts));
    }

    private static String cell(String text) {
        return SafeText.of(text).replace("|", "\\|").replaceAll("\\s+", " ").strip();
    }

    private static Line line(String name, byte[] payload) {
        Reading reading = PARSER.parse(payload);
        if (reading.interchanges().isEmpty()) {
            SyntaxError first = reading.errors().stream()
                    .filter(SyntaxError::fatal)
                    .findFirst()
                    .orElse(reading.errors().get(0));
            return new Line(
                    name,
                    "",
                    "",
                    "",
                    "unreadable: " + first.code().wireName() + " at byte "
                            + first.bytes().from(),
                    opinion(payload, reading));
        }
        TreeSet<String> versions = new TreeSet<>();
        TreeSet<String> types = new TreeSet<>();
        int sets = 0;
        int accepted = 0;
        for (Interchange interchange : reading.interchanges()) {
            versions.add(interchange.envelope().version());
            for (FunctionalGroup group : interchange.groups()) {
                for (TransactionSet set : group.transactionSets()) {
                    Segment header = (Segment) set.content().nodes().get(0);
                    types.add(
                            interchange.envelope().standard() == Standard.X12
                                    ? set.type() + " " + group.version()
                                    : set.type() + " " + header.component(2, 2) + header.component(2, 3));
                    sets++;
                    accepted += set.verdict() instanceof Verdict.Refused ? 0 : 1;
                }
            }
        }
        return new Line(
                name,
                reading.interchanges().get(0).envelope().standard().name(),
                String.join(", ", versions),
                "%d: %s".formatted(sets, String.join(", ", types)),
                verdict(reading, sets, accepted),
                opinion(payload, reading));
    }

    private static String verdict(Reading reading, int sets, int accepted) {
        boolean refused = reading.interchanges().stream().anyMatch(Interchange::refused) || accepted < sets;
        if (!refused) {
            return EdiFixture.errors(reading).isEmpty() ? "accepted" : "accepted with leniencies";
        }
        String first = EdiFixture.errors(reading).stream()
                .filter(SyntaxError::fatal)
                .filter(error -> !error.code().name().endsWith("_REFUSED"))
                .findFirst()
                .map(error -> error.code().wireName())
                .orElse("");
        return "%s: %s".formatted(accepted == 0 ? "refused" : "refused in part", first);
    }

    /** What the second reader says of the same segments. */
    private static String opinion(byte[] payload, Reading reading) {
        List<Plain> ours = new ArrayList<>();
        for (Interchange interchange : reading.interchanges()) {
            for (FunctionalGroup group : interchange.groups()) {
                for (TransactionSet set : group.transactionSets()) {
                    EdiFixture.segments(set.content())
                            .map(segment -> new Plain(segment.id(), EdiCorpus.withoutEmptyTails(segment)))
                            .forEach(ours::add);
                }
            }
        }
        List<Plain> theirs = new ArrayList<>();
        String stopped = secondReading(payload, charset(reading), theirs);
        int same = 0;
        while (same < Math.min(ours.size(), theirs.size()) && ours.get(same).equals(theirs.get(same))) {
            same++;
        }
        if (same == ours.size() && same == theirs.size() && stopped.isEmpty()) {
            return SAME + ", " + same;
        }
        if (same == theirs.size() && !stopped.isEmpty()) {
            return "stops, same %d of %d until then: %s".formatted(same, ours.size(), stopped);
        }
        int alike = 0;
        while (alike < Math.min(ours.size(), theirs.size()) - same
                && ours.get(ours.size() - 1 - alike).equals(theirs.get(theirs.size() - 1 - alike))) {
            alike++;
        }
        return "differs, same %d of %d before and %d behind: here %s, there %s"
                .formatted(
                        same,
                        ours.size(),
                        alike,
                        ours.subList(same, ours.size() - alike),
                        theirs.subList(same, theirs.size() - alike));
    }

    private static String charset(Reading reading) {
        return reading.interchanges().stream()
                .findFirst()
                .filter(interchange -> interchange.envelope().standard() == Standard.EDIFACT)
                .map(interchange -> WireText.of(interchange.envelope().version().replaceFirst(":.*", ""))
                        .charset()
                        .name())
                .orElse("UTF-8");
    }

    /** Adds the segments from ST to SE and from UNH to UNT; answers with why it stopped before the end, if it did. */
    private static String secondReading(byte[] payload, String charset, List<Plain> segments) {
        EDIInputFactory factory = EDIInputFactory.newFactory();
        factory.setProperty(EDIInputFactory.EDI_VALIDATE_CONTROL_STRUCTURE, false);
        boolean inSet = false;
        int mark = payload.length > 3 && payload[0] == (byte) 0xEF ? 3 : 0;
        try (EDIStreamReader reader = factory.createEDIStreamReader(
                new ByteArrayInputStream(payload, mark, payload.length - mark), charset)) {
            List<List<List<String>>> elements = new ArrayList<>();
            String tag = "";
            while (reader.hasNext()) {
                EDIStreamEvent event = reader.next();
                if (event == EDIStreamEvent.START_SEGMENT) {
                    tag = reader.getText();
                    inSet = (inSet || tag.equals("ST") || tag.equals("UNH")) && !tag.matches("GE|IEA|UNE|UNZ");
                    elements = new ArrayList<>();
                } else if (event == EDIStreamEvent.ELEMENT_DATA) {
                    Location at = reader.getLocation();
                    place(elements, at, reader.getText());
                } else if (event == EDIStreamEvent.END_SEGMENT && inSet) {
                    segments.add(new Plain(tag, EdiCorpus.withoutEmptyTails(elements)));
                    inSet = !tag.equals("SE") && !tag.equals("UNT");
                }
            }
            return "";
        } catch (EDIStreamException | IOException | RuntimeException e) {
            return e.getMessage()
                    + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")");
        }
    }

    private static void place(List<List<List<String>>> elements, Location at, String text) {
        while (elements.size() < at.getElementPosition()) {
            elements.add(new ArrayList<>());
        }
        List<List<String>> repetitions = elements.get(at.getElementPosition() - 1);
        while (repetitions.size() < Math.max(1, at.getElementOccurrence())) {
            repetitions.add(new ArrayList<>());
        }
        List<String> components = repetitions.get(Math.max(1, at.getElementOccurrence()) - 1);
        while (components.size() < Math.max(1, at.getComponentPosition())) {
            components.add("");
        }
        components.set(Math.max(1, at.getComponentPosition()) - 1, text);
    }

    private static Properties explained() {
        Properties explained = new Properties();
        try (var in = EdiCorpusReportTests.class.getResourceAsStream("/edi/corpus-differences.properties")) {
            explained.load(new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return explained;
    }
}
