package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lonja.Shipped;
import io.lonja.archive.CanonicalJson;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentType;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import io.lonja.edi.GuideId;
import io.lonja.edi.Interchange;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.InterchangeWriter;
import io.lonja.edi.OutboundInterchange;
import io.lonja.edi.OutboundSyntax;
import io.lonja.edi.Reading;
import io.lonja.edi.SecondOpinion;
import io.lonja.edi.Standard;
import io.lonja.edi.SyntaxError;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.UnwritableException;
import io.lonja.edi.WireParty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a template writes, the guide's mapping reads as the same document. */
class OutboundTemplateTests {

    private static final Path SCHEMAS = Path.of("schemas");
    private static final Mapping MAPPING = Shipped.mapping();
    private static final InterchangeParser PARSER = Shipped.parser();
    private static final SecondOpinion STAEDI = new SecondOpinion(SCHEMAS);
    private static final OutboundSyntax EDIFACT_4 = OutboundSyntax.edifact("UNOY", 4);

    static Stream<Path> accepted() throws IOException {
        try (Stream<Path> files = Files.walk(SCHEMAS)) {
            return files
                    .filter(file -> file.toString().matches(".*/samples/[^/]*\\.expected\\.json"))
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
            assertThat(said(read(written(guide, document, null))).toPrettyString())
                    .isEqualTo(said(document).toPrettyString());
        }
    }

    /** In every guide of its type, as far as that can say it, and in EDIFACT in both syntax versions. */
    @ParameterizedTest
    @MethodSource("accepted")
    void whatIsWrittenStaediReadsWithoutAnError(Path expected) {
        GuideId own = new GuideId(expected.getName(1).toString());
        Standard from = standard(own);
        for (BusinessDocument document : documents(expected)) {
            for (GuideId guide : templates(document.type())) {
                if (standard(guide) == Standard.UBL) {
                    continue; // No EDI.
                }
                for (OutboundSyntax edifact : List.of(OutboundSyntax.edifact("UNOC", 3), EDIFACT_4)) {
                    byte[] written;
                    try {
                        written = bytes(guide, document, from, edifact);
                    } catch (UnwritableDocumentException e) {
                        assertThat(guide).as(e.getMessage()).isNotEqualTo(own);
                        continue;
                    } catch (UnwritableException e) {
                        assertThat(e).hasMessageContaining("which UNOC (ISO-8859-1) does not carry");
                        continue;
                    }
                    assertThat(STAEDI.errors(written))
                            .as("%s as %s: %s", expected, guide, new String(written, StandardCharsets.UTF_8))
                            .isEmpty();
                }
            }
        }
    }

    private static List<GuideId> templates(DocumentType type) {
        try (Stream<Path> guides = Files.list(SCHEMAS)) {
            return guides.filter(guide -> Files.exists(guide.resolve(type.wireName() + GuideFolder.OUT))
                            || type == DocumentType.ORDER_CHANGE_RESPONSE && answersChanges(guide)
                            || type == DocumentType.CREDIT_NOTE
                                    && Files.exists(guide.resolve("invoice" + GuideFolder.OUT)))
                    .map(guide -> new GuideId(guide.getFileName().toString()))
                    .sorted(Comparator.comparing(GuideId::value))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a template for answers to orders also writes answers to changes: the guide tells the two apart. */
    private static boolean answersChanges(Path guide) {
        Path names = guide.resolve(GuideFolder.NAMES);
        try {
            return Files.exists(guide.resolve("order-response" + GuideFolder.OUT))
                    && Files.readString(names).contains("= " + DocumentType.ORDER_CHANGE_RESPONSE.wireName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
                .segments(
                        CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), BusinessDocument.class),
                        null,
                        Map.of());
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

    /** Documents that say nothing which only one of the standards can. */
    @ParameterizedTest
    @CsvSource({
        "x12-004010-855, edifact-d96a-ordrsp, accepted-as-ordered",
        "x12-004010-855, edifact-d96a-ordrsp, rejected-with-detail",
        "x12-004010-855, edifact-d96a-ordrsp, with-destinations",
        "edifact-d96a-ordrsp, x12-004010-855, accepted-as-ordered",
        "edifact-d96a-ordrsp, x12-004010-855, quantity-and-date-changed",
        "edifact-d96a-ordrsp, x12-004010-855, with-destinations",
        "x12-004010-850, edifact-d96a-orders, single-line",
        "edifact-d96a-orders, x12-004010-850, single-line",
        "x12-004010-810, edifact-d96a-invoic, credit-memo",
        "x12-004010-810, edifact-d96a-invoic, other-delimiters",
        "x12-004010-856, edifact-d96a-desadv, cartons-on-a-pallet",
        "edifact-d96a-desadv, x12-004010-856, cartons-on-a-pallet",
        "x12-004010-856, edifact-d96a-desadv, several-orders",
        "edifact-d96a-desadv, x12-004010-856, several-orders",
        "x12-004010-856, edifact-d96a-desadv, packages-in-the-item",
        "x12-004010-856, edifact-d96a-desadv, orders-on-one-pallet",
        "edifact-d96a-desadv, x12-004010-856, numbers-of-several-cartons",
        "x12-004010-860, edifact-d96a-ordchg, changed-lines",
        "edifact-d96a-ordchg, x12-004010-860, changed-lines",
        "edifact-d96a-ordrsp, x12-004010-865, answer-to-a-change",
        "x12-004010-860, edifact-d96a-ordchg, more-and-less",
        "edifact-d96a-ordchg, x12-004010-860, more-and-less",
        "x12-004010-860, edifact-d96a-ordchg, replaced-with-destinations",
        "edifact-d96a-ordchg, x12-004010-860, replaced-with-destinations",
        "x12-004010-850, edifact-d01b-orders, single-line",
        "x12-004010-810, edifact-d01b-invoic, credit-memo",
        "x12-004010-855, edifact-d01b-ordrsp, accepted-as-ordered",
        "edifact-d01b-ordrsp, x12-004010-855, changed-line-by-line",
        "edifact-d01b-ordrsp, x12-004010-855, two-deliveries-and-places",
        "x12-004010-856, edifact-d01b-desadv, cartons-on-a-pallet",
        "edifact-d01b-desadv, x12-004010-856, several-orders",
        "edifact-d01b-desadv, x12-004010-856, without-association-code",
        "x12-004010-840, edifact-d96a-reqote, single-line",
        "edifact-d96a-reqote, x12-004010-840, single-line",
        "x12-004010-843, edifact-d96a-quotes, quoted-as-asked",
        "edifact-d96a-quotes, x12-004010-843, quoted-as-asked"
    })
    void whatGoesFromOneStandardToTheOtherAndBackIsTheSameDocument(String own, String other, String sample) {
        Standard standard = standard(new GuideId(own));
        Standard otherStandard = standard(new GuideId(other));
        for (BusinessDocument document :
                documents(SCHEMAS.resolve(own).resolve("samples/" + sample + ".expected.json"))) {
            BusinessDocument there = read(written(new GuideId(other), document, standard));
            BusinessDocument back = read(written(new GuideId(own), there, otherStandard));
            assertThat(said(back).toPrettyString()).isEqualTo(said(document).toPrettyString());
            assertThat(unit(there)).isNotEmpty().isNotEqualTo(unit(document));
        }
    }

    /** What a response answers to a whole order without lines has no unit to differ by. */
    @ParameterizedTest
    @CsvSource({
        "x12-004010-855, edifact-d96a-ordrsp, rejected-as-a-whole",
        "x12-004010-855, edifact-d96a-ordrsp, accepted-without-detail",
        "edifact-d96a-ordrsp, x12-004010-855, rejected-as-a-whole",
        "x12-004010-860, edifact-d96a-ordchg, cancelled",
        "edifact-d96a-ordchg, x12-004010-860, cancelled",
        "x12-004010-865, edifact-d96a-ordrsp, accepted-as-changed",
        "x12-004010-865, edifact-d96a-ordrsp, rejected-as-a-whole",
        "edifact-d96a-ordrsp, x12-004010-865, change-rejected-as-a-whole",
    })
    void anAnswerToTheWholeOrderGoesToTheOtherStandardAndBack(String own, String other, String sample) {
        BusinessDocument document = documents(SCHEMAS.resolve(own).resolve("samples/" + sample + ".expected.json"))
                .get(0);
        BusinessDocument there = read(written(new GuideId(other), document, standard(new GuideId(own))));
        assertThat(said(there).toPrettyString()).isEqualTo(said(document).toPrettyString());
    }

    /** Each part of a line has a status of its own in X12; in EDIFACT one code is for all that is confirmed of it. */
    @Test
    void anAnswerThatOrdrspCannotGiveIsNamed() {
        PricedDocument response = (PricedDocument)
                documents(SCHEMAS.resolve("x12-004010-855/samples/quantity-and-date-changed.expected.json"))
                        .get(0);
        String text = new String(CanonicalJson.of(response), StandardCharsets.UTF_8);
        assertThat(response.lines().get(0).answer().parts()).hasSize(4);
        assertUnwritable(
                text,
                "the guide cannot say in one line (1) that part of it is quantity-changed and part of it date-changed");
        String alike = text.replace("\"date-changed\"", "\"quantity-changed\"");
        assertUnwritable(
                alike.replace("\"status\":\"rejected\"", "\"status\":\"on-hold\""),
                "the guide cannot say that part of a line (1) is on hold, or until when");
        assertUnwritable(
                alike.replace("\"status\":\"substituted\"", "\"status\":\"accepted\""),
                "the guide cannot say that a line (3) is accepted and another item is sent");
        PricedDocument sayable = CanonicalJson.read(alike.getBytes(StandardCharsets.UTF_8), PricedDocument.class);
        GuideId ordrsp = new GuideId("edifact-d96a-ordrsp");
        BusinessDocument there = read(written(ordrsp, sayable, Standard.X12));
        BusinessDocument back = read(written(new GuideId("x12-004010-855"), there, Standard.EDIFACT));
        assertThat(said(back).toPrettyString()).isEqualTo(said(sayable).toPrettyString());
    }

    private static void assertUnwritable(String response, String sentence) {
        PricedDocument document = CanonicalJson.read(response.getBytes(StandardCharsets.UTF_8), PricedDocument.class);
        OutboundTemplate template =
                MAPPING.template(new GuideId("edifact-d96a-ordrsp")).orElseThrow();
        assertThatThrownBy(() -> template.segments(document, Standard.X12, Map.of()))
                .isInstanceOf(UnwritableDocumentException.class)
                .hasMessage(sentence);
    }

    private static String unit(BusinessDocument document) {
        return said(document).at("/lines/0/quantity/unit").asText();
    }

    /**
     * Each sample of a priced document through every other guide for its kind and back: the same document, or the line of
     * {@code across-guides.txt} that says why not.
     */
    @Test
    void whatOneGuideSaysTheOthersSayToo() throws IOException {
        List<String> otherwise = new ArrayList<>();
        for (Path expected : accepted().toList()) {
            GuideId own = new GuideId(expected.getName(1).toString());
            for (BusinessDocument document : documents(expected)) {
                templates(document.type()).stream()
                        .filter(other -> !other.equals(own))
                        .map(other -> across(own, other, document))
                        .filter(outcome -> !outcome.endsWith(": the same"))
                        .map(outcome -> "%s %s"
                                .formatted(expected.getFileName().toString().replace(".expected.json", ""), outcome))
                        .forEach(otherwise::add);
            }
        }
        Files.writeString(Path.of("target/across-guides.txt"), String.join("\n", otherwise) + "\n");
        assertThat(Path.of("src/test/resources/mapping/across-guides.txt"))
                .as("copy target/across-guides.txt over it where what changed is meant")
                .hasSameTextualContentAs(Path.of("target/across-guides.txt"));
    }

    private static String across(GuideId own, GuideId other, BusinessDocument document) {
        String path = "%s by %s: ".formatted(own, other);
        try {
            BusinessDocument there = read(written(other, document, standard(own)));
            try {
                BusinessDocument back = read(written(own, there, standard(other)));
                return path
                        + (said(back).equals(said(document)) ? "the same" : differing(said(document), said(back), ""));
            } catch (UnwritableDocumentException e) {
                return path + "there, but not back, because " + e.getMessage();
            }
        } catch (UnwritableDocumentException e) {
            return path + "not, because " + e.getMessage();
        }
    }

    /** The first place where they differ. */
    private static String differing(JsonNode one, JsonNode other, String at) {
        if (one.isContainerNode() && one.getNodeType() == other.getNodeType() && one.size() == other.size()) {
            List<String> names = new ArrayList<>();
            one.fieldNames().forEachRemaining(names::add);
            for (int i = 0; i < one.size(); i++) {
                String name = one.isArray() ? Integer.toString(i) : names.get(i);
                JsonNode mine = one.isArray() ? one.get(i) : one.get(name);
                JsonNode its = one.isArray() ? other.get(i) : other.path(name);
                if (!mine.equals(its)) {
                    return differing(mine, its, at + "/" + name);
                }
            }
        }
        return "%s was %s and comes back as %s".formatted(at, one, other);
    }

    private static BusinessDocument read(Interchange interchange) {
        TransactionSet set = interchange.groups().get(0).transactionSets().get(0);
        assertThat(set.verdict().errors()).extracting(SyntaxError::sentence).isEmpty();
        Mapped mapped = MAPPING.map(set, new MappingContext(null));
        assertThat(mapped.problems()).extracting(MappingProblem::sentence).isEmpty();
        return Objects.requireNonNull(mapped.content());
    }

    private static Standard standard(GuideId guide) {
        return Standard.of(guide);
    }

    private static Interchange written(GuideId guide, BusinessDocument document, @Nullable Standard from) {
        Reading reading = PARSER.parse(bytes(guide, document, from, EDIFACT_4));
        assertThat(reading.errors()).isEmpty();
        return reading.interchanges().get(0);
    }

    private static byte[] bytes(
            GuideId guide, BusinessDocument document, @Nullable Standard from, OutboundSyntax edifact) {
        if (standard(guide) == Standard.UBL) {
            return MAPPING.template(guide).orElseThrow().document(document, from, Map.of());
        }
        String[] parts = guide.value().split("-");
        boolean x12 = standard(guide) == Standard.X12;
        List<OutboundInterchange.TransactionSet> sets = List.of(new OutboundInterchange.TransactionSet(
                parts[2].toUpperCase(Locale.ROOT),
                "0001",
                MAPPING.template(guide).orElseThrow().segments(document, from, Map.of())));
        return InterchangeWriter.write(new OutboundInterchange(
                x12 ? OutboundSyntax.x12("00401", StandardCharsets.UTF_8) : edifact,
                new WireParty(x12 ? "ZZ" : "14", "LONJA"),
                new WireParty(x12 ? "ZZ" : "14", "ACME"),
                "7",
                Instant.parse("2026-11-22T10:00:00Z"),
                false,
                false,
                List.of(
                        x12
                                ? new OutboundInterchange.Group(
                                        OutboundInterchange.Group.identifierOf(parts[2]), "", "", "7", parts[1], sets)
                                : OutboundInterchange.Group.without(edifactVersion(guide), sets))));
    }

    /** {@code D:01B:UN:EAN010}. */
    private static String edifactVersion(GuideId guide) {
        String directory = guide.value().split("-")[1].toUpperCase(Locale.ROOT);
        String association = MAPPING.template(guide).orElseThrow().association();
        return "D:%s:UN%s".formatted(directory.substring(1), association.isEmpty() ? "" : ":" + association);
    }

    /** Everything but where it stood, and what the source said of its own totals and how it wrote zeros. */
    static JsonNode said(BusinessDocument document) {
        JsonNode tree = CanonicalJson.mapper().valueToTree(document);
        tree.findParents("wire").forEach(parent -> ((ObjectNode) parent).remove("wire"));
        tree.findParents("statedNet").forEach(parent -> ((ObjectNode) parent).remove("statedNet"));
        tree.findParents("stated").forEach(parent -> ((ObjectNode) parent).remove("stated"));
        return tree;
    }
}
