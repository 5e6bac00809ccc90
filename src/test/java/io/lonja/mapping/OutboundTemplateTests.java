package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lonja.archive.CanonicalJson;
import io.lonja.document.BusinessDocument;
import io.lonja.document.MappingProblem;
import io.lonja.edi.GuideId;
import io.lonja.edi.Guides;
import io.lonja.edi.Interchange;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.InterchangeWriter;
import io.lonja.edi.OutboundInterchange;
import io.lonja.edi.OutboundSyntax;
import io.lonja.edi.Reading;
import io.lonja.edi.SyntaxError;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.WireParty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a template writes, the guide's mapping reads as the same document. */
class OutboundTemplateTests {

    private static final Path SCHEMAS = Path.of("schemas");
    private static final Mapping MAPPING = Mapping.of(SCHEMAS);
    private static final InterchangeParser PARSER = InterchangeParser.with(Guides.load(SCHEMAS));

    static Stream<Path> accepted() throws IOException {
        try (Stream<Path> files = Files.walk(SCHEMAS)) {
            return files
                    .filter(file -> file.toString().matches(".*/x12-[^/]*/samples/[^/]*\\.expected\\.json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatIsWrittenIsReadAsTheSameDocument(Path expected) {
        GuideId guide = new GuideId(expected.getName(1).toString());
        for (BusinessDocument document : documents(expected)) {
            Interchange interchange = written(guide, document);
            TransactionSet set = interchange.groups().get(0).transactionSets().get(0);
            assertThat(set.verdict().errors()).extracting(SyntaxError::sentence).isEmpty();
            Mapped mapped = MAPPING.map(set, new MappingContext(null));
            assertThat(mapped.problems()).extracting(MappingProblem::sentence).isEmpty();
            assertThat(said(mapped.content()).toPrettyString())
                    .isEqualTo(said(document).toPrettyString());
        }
    }

    @Test
    void whatTheGuideHasNoCodeForIsASentenceAndNotLeftOut() {
        BusinessDocument order = documents(SCHEMAS.resolve("x12-004010-850/samples/single-line.expected.json"))
                .get(0);
        String text = new String(CanonicalJson.of(order), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> segments(text.replace("\"buyer\":{", "\"favourite\":{")))
                .isInstanceOf(UnwritableDocumentException.class)
                .hasMessage("x12-004010-850 has no code for the party favourite; add one to its names.properties");
        assertThatThrownBy(() -> segments(text.replace("Posada Miramar", "Posada\\nMiramar")))
                .isInstanceOf(UnwritableDocumentException.class)
                .hasMessageContaining("has a line break or another control character");
    }

    private static void segments(String json) {
        MAPPING.template(new GuideId("x12-004010-850"))
                .orElseThrow()
                .segments(CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), BusinessDocument.class));
    }

    static List<BusinessDocument> documents(Path expected) {
        try {
            return Files.readAllLines(expected).stream()
                    .map(line -> CanonicalJson.read(line.getBytes(StandardCharsets.UTF_8), BusinessDocument.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Interchange written(GuideId guide, BusinessDocument document) {
        String[] parts = guide.value().split("-");
        byte[] bytes = InterchangeWriter.write(new OutboundInterchange(
                OutboundSyntax.x12("00401", StandardCharsets.UTF_8),
                new WireParty("ZZ", "LONJA"),
                new WireParty("ZZ", "ACME"),
                "7",
                Instant.parse("2026-11-22T10:00:00Z"),
                false,
                false,
                List.of(new OutboundInterchange.Group(
                        parts[2].equals("850") ? "PO" : "IN",
                        "",
                        "",
                        "7",
                        parts[1],
                        List.of(new OutboundInterchange.TransactionSet(
                                parts[2],
                                "0001",
                                MAPPING.template(guide).orElseThrow().segments(document)))))));
        Reading reading = PARSER.parse(bytes);
        assertThat(reading.errors()).isEmpty();
        return reading.interchanges().get(0);
    }

    /** Everything but where it stood, and what the source said of its own totals and how it wrote zeros. */
    static JsonNode said(BusinessDocument document) {
        JsonNode tree = CanonicalJson.mapper().valueToTree(document);
        tree.findParents("wire").forEach(parent -> ((ObjectNode) parent).remove("wire"));
        tree.findParents("statedNet").forEach(parent -> ((ObjectNode) parent).remove("statedNet"));
        ((ObjectNode) tree.path("totals")).remove("stated");
        return tree;
    }
}
