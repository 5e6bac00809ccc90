package io.lonja.edi;

import static io.lonja.edi.EdiFixture.AT;
import static io.lonja.edi.EdiFixture.PARSER;
import static io.lonja.edi.EdiFixture.WRITER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * StAEDI reads what is written without an error: every answer to every sample and to every file of the corpus, and each
 * accepted one written again. Where it does not, {@code staedi-refusals.properties} says why that is StAEDI's.
 */
class StaediAcceptanceTests {

    private static final SecondOpinion STAEDI = new SecondOpinion(EdiFixture.SCHEMAS);

    @Test
    void readsEveryAnswerToEverySample() throws IOException {
        Map<String, byte[]> answers = new LinkedHashMap<>();
        for (Path file : files()) {
            byte[] payload = EdiFixture.bytes(file);
            answers(name(file), payload, answers);
            if (payload.length > 2 && payload[0] == 'I') {
                String later = new String(payload, ISO_8859_1)
                        .replaceAll("(GS.*[^0-9])004010", "$1005010")
                        .replaceAll("(ISA.{79}).00401", "$1^00501");
                answers(name(file) + " as 005010", later.getBytes(ISO_8859_1), answers);
            }
        }
        assertThat(answers.values().stream().map(StaediAcceptanceTests::kind).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "TA1 00401",
                        "TA1 00501",
                        "997 x12-004010-997",
                        "997 x12-005010-997",
                        "999 x12-005010-999",
                        "CONTRL 3",
                        "CONTRL 4");
        readsAll("answer", answers);
    }

    @Test
    void readsEveryRewriting() throws IOException {
        Map<String, byte[]> rewritten = new LinkedHashMap<>();
        for (Path file : files()) {
            for (Interchange interchange : PARSER.parse(EdiFixture.bytes(file)).interchanges()) {
                if (EdiRoundTripTests.accepted(interchange).anyMatch(set -> set.guide() != null)) {
                    rewritten.put(
                            name(file) + "#" + interchange.envelope().controlNumber(),
                            InterchangeWriter.write(EdiRoundTripTests.outbound(interchange)));
                }
            }
        }
        assertThat(rewritten).hasSizeGreaterThan(30);
        readsAll("rewritten", rewritten);
    }

    private static List<Path> files() {
        return Stream.of(EdiFixture.samples(), OverlayFixture.samples(), EdiCorpus.files())
                .flatMap(List::stream)
                .toList();
    }

    private static String name(Path file) {
        Path from = file.startsWith(EdiCorpus.FOLDER)
                ? EdiCorpus.FOLDER
                : file.startsWith(EdiFixture.SCHEMAS) ? EdiFixture.SCHEMAS : OverlayFixture.SCHEMAS;
        return from.relativize(file).toString().replace(' ', '_');
    }

    private static void answers(String name, byte[] payload, Map<String, byte[]> answers) {
        int ordinal = 0;
        for (Interchange of : PARSER.parse(payload).interchanges()) {
            String key = name + "#" + ++ordinal;
            for (FunctionalAcknowledgment agreed : FunctionalAcknowledgment.values()) {
                WRITER.functional(of, agreed, 42, AT).ifPresent(answer -> answers.put(key + " " + agreed, answer));
            }
            boolean x12 = of.envelope().standard() == Standard.X12;
            if (x12 || of.refused()) {
                answers.put(key + " envelope", WRITER.interchange(of, of.noteCode(), 43, AT));
            }
            answers.put(key + " again", WRITER.interchange(of, of.duplicateCode(), 44, AT));
        }
    }

    private static String kind(byte[] answer) {
        Interchange interchange = PARSER.parse(answer).interchanges().get(0);
        String version = interchange.envelope().version();
        if (interchange.envelope().standard() == Standard.EDIFACT) {
            return "CONTRL " + version.replaceFirst(".*:", "");
        }
        return interchange.groups().isEmpty()
                ? "TA1 " + version
                : interchange.groups().get(0).transactionSets().stream()
                        .map(set -> set.type() + " " + set.guide())
                        .findFirst()
                        .orElseThrow();
    }

    private static void readsAll(String what, Map<String, byte[]> written) throws IOException {
        Properties explained = new Properties();
        try (var in = StaediAcceptanceTests.class.getResourceAsStream("/edi/staedi-refusals.properties")) {
            explained.load(in);
        }
        Set<String> left = explained.stringPropertyNames().stream()
                .filter(key -> key.startsWith(what + "/"))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> refused = new ArrayList<>();
        written.forEach((name, bytes) -> STAEDI.errors(bytes).forEach(error -> {
            String everywhere = key(what, error);
            String here = key(what, name, error);
            left.remove(everywhere);
            left.remove(here);
            if (!explained.containsKey(everywhere) && !explained.containsKey(here)) {
                refused.add(here + "\n" + new String(bytes, ISO_8859_1));
            }
        }));
        assertThat(refused).isEmpty();
        if (EdiCorpus.isThere()) {
            assertThat(left).as("explained, and StAEDI takes it").isEmpty();
        }
    }

    private static String key(String... parts) {
        return String.join("/", parts).replace(' ', '_');
    }
}
