package io.lonja.commission;

import static io.lonja.commission.TestHub.ACME;
import static io.lonja.commission.TestHub.BISTRO;
import static io.lonja.commission.TestHub.NORDMAR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.Sha256;
import io.lonja.document.DocumentRelease;
import io.lonja.document.PricedDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wire of these tests is a document as canonical JSON, so that the verifier's own work is what is tested. */
class StatementVerifierTests {

    static final WireReader JSON_WIRE = (payload, guides, currency) -> read(payload);

    @TempDir
    private Path folder;

    private TestHub hub;
    private byte[] bundle;

    @BeforeEach
    void trade() throws IOException {
        hub = new TestHub();
        hub.hasGuide();
        hub.agree(NORDMAR, "2.5", "35", "2026-01-01", null);
        hub.sends(
                ACME,
                NORDMAR,
                Paper.invoice("4711", "2026-10-02").line("1", "A", 100, "10.33").line("2", "B", 3, "0.20"));
        hub.sends(
                BISTRO,
                NORDMAR,
                Paper.invoice("4712", "2026-10-03").line("1", "A", 50, "10.33").allowance("1.01"));
        hub.close(NORDMAR, "2026-10");
        hub.sends(
                ACME,
                NORDMAR,
                Paper.credit("G1", "2026-10-20").naming("invoice", "4711").line("1", "A", 30, "10.33"));
        hub.sends(
                ACME,
                NORDMAR,
                Paper.credit("G2", "2026-11-20").naming("invoice", "4799").line("1", "A", 30, "10.33"));
        hub.sends(ACME, NORDMAR, Paper.invoice("4713", "2026-11-02").line("1", "C", 7, "3.335"));
        bundle = bundle("2026-11");
    }

    @AfterEach
    void shut() {
        hub.close();
    }

    @Test
    void anUntouchedBundleHoldsForTheFirstAndForALaterPeriod() throws IOException {
        assertThat(verify(bundle, null).findings()).isEmpty();
        CommissionStatement october = hub.statements().all(Optional.empty()).get(1);
        byte[] first = hub.context.getBean(StatementBundles.class).of(october);
        assertThat(verify(first, null).findings()).isEmpty();
    }

    @Test
    void repeatsRivalsAndALateAgreementLeaveABundleWhole() throws IOException {
        hub.sends(ACME, NORDMAR, Paper.invoice("4713", "2026-11-02").line("1", "C", 7, "3.335"));
        hub.sends(ACME, NORDMAR, Paper.invoice("4713", "2026-11-02").line("1", "C", 700, "3.335"));
        hub.sends(ACME, NORDMAR, Paper.invoice("4699", "2025-12-30").line("1", "C", 100, "9.99"));
        hub.agree(NORDMAR, "1", "0", "2025-01-01", "2025-12-31");
        byte[] december = bundle("2026-12");

        assertThat(verify(december, null).findings()).isEmpty();
        assertThat(new String(files(december).get("statement.json"), StandardCharsets.UTF_8))
                .contains("\"due\":{\"amount\":\"9.99\",\"currency\":\"EUR\"}");
    }

    @Test
    void everyKindOfChangeIsFound() throws IOException {
        for (String name : files(bundle).keySet()) {
            if (name.equals("manifest.json")) {
                continue;
            }
            byte[] changed = changed(bundle, name, content -> {
                byte[] other = content.clone();
                other[other.length / 2] ^= 1;
                return other;
            });
            assertThat(verify(changed, null).findings()).as(name).isNotEmpty();
        }
    }

    @Test
    void aChangeThatTheManifestCoversUpIsFoundByTheProofs() throws IOException {
        for (String name : files(bundle).keySet()) {
            if (name.equals("manifest.json") || name.startsWith("guides/")) {
                continue; // This wire needs no guide.
            }
            String text = new String(files(bundle).get(name), StandardCharsets.ISO_8859_1);
            if (name.startsWith("interchanges/") || name.startsWith("facts/") || name.equals("statement.json")) {
                byte[] changed = withManifest(changed(
                        bundle,
                        name,
                        content -> text.replace("10.33", "10.34")
                                .replace("2026-11\"", "2026-12\"")
                                .replace("\"2.5\"", "\"2.4\"")
                                .replace("\"2026-10\"", "\"2026-09\"")
                                .getBytes(StandardCharsets.ISO_8859_1)));
                if (!new String(files(changed).get(name), StandardCharsets.ISO_8859_1).equals(text)) {
                    assertThat(verify(changed, null).findings()).as(name).isNotEmpty();
                }
            }
            assertThat(verify(withManifest(without(bundle, name)), null).findings())
                    .as("without " + name)
                    .isNotEmpty();
        }
    }

    @Test
    void aDocumentOfMineThatIsMissingIsFound() throws IOException {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.write(
                mine.resolve("4713.edi"),
                wire(Paper.invoice("4713", "2026-11-02").line("1", "C", 7, "3.335")));
        assertThat(verify(bundle, mine).findings()).isEmpty();

        Files.write(
                mine.resolve("4714.edi"), wire(Paper.credit("G9", "2026-11-03").line("1", "C", 7, "3.335")));
        assertThat(verify(bundle, mine).findings())
                .containsExactly("credit-note G9 of 2026-11-03 in 4714.edi is missing in the statement's evidence.");
    }

    @Test
    void aDocumentOfMineThatTheHubTookInOnlyAfterTheCloseDoesNotCountAsStated() throws IOException {
        CommissionStatement october = hub.statements().all(Optional.empty()).get(1);
        SortedMap<String, byte[]> first =
                files(hub.context.getBean(StatementBundles.class).of(october));
        SortedMap<String, byte[]> both = new TreeMap<>(files(bundle));
        both.put("statement.json", first.get("statement.json"));
        both.put("tree-head.json", first.get("tree-head.json"));
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.write(
                mine.resolve("g1.edi"),
                wire(Paper.credit("G1", "2026-10-20").naming("invoice", "4711").line("1", "A", 30, "10.33")));

        assertThat(verify(withManifest(zip(both)), mine).findings())
                .containsExactly("credit-note G1 of 2026-10-20 in g1.edi is missing in the statement's evidence.");
    }

    @Test
    void aDocumentOfMineThatWasCountedWithOtherContentIsFound() throws IOException {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.write(
                mine.resolve("4713.edi"),
                wire(Paper.invoice("4713", "2026-11-02").line("1", "C", 6, "3.335")));

        assertThat(verify(bundle, mine).findings())
                .containsExactly(
                        "invoice 4713 of 2026-11-02 in 4713.edi says something else than the one that was counted under its number.");
    }

    @Test
    void aFolderOfMineThatShowsNothingIsAFinding() throws IOException {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        assertThat(verify(bundle, mine).findings()).singleElement().asString().contains("holds no file");

        Files.writeString(mine.resolve("letter.txt"), "Dear Sirs");
        assertThat(verify(bundle, mine).findings())
                .singleElement()
                .asString()
                .startsWith("letter.txt holds no document that the guides of the bundle can read;");
    }

    @Test
    void aTreeHeadThatDoesNotCoverTheCloseIsFound() throws IOException {
        byte[] changed = withManifest(changed(
                bundle,
                "statement.json",
                content -> new String(content, StandardCharsets.UTF_8)
                        .replaceAll("\"size\":[0-9]+", "\"size\":0")
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(verify(changed, null).findings())
                .anySatisfy(finding -> assertThat(finding).contains("but its tree head covers 0 entries"));
    }

    @Test
    void aDocumentInAnothersNameIsFound() throws IOException {
        Paper paper = Paper.invoice("4801", "2026-12-01").line("1", "C", 7, "3.335");
        TestHub.Sent sent = TestHub.Sent.of(ACME, NORDMAR, paper.written(), TestHub.Sent.How.IN_EARNEST);
        Entry receipt = hub.receives(sent);
        Entry fact = hub.maps(receipt);
        Entry other = hub.receives(sent);
        String inHisName = new String(hub.archive.payload(fact.id()), StandardCharsets.UTF_8)
                .replace("\"sender\":\"nordmar\"", "\"sender\":\"bistro\"")
                .replaceFirst("\"receipt\":(\"?)" + receipt.id(), "\"receipt\":$1" + other.id());
        hub.archive.append(Draft.of(
                fact.type(), Map.of(Entry.ABOUT, other.id().toString()), inHisName.getBytes(StandardCharsets.UTF_8)));
        hub.catchUp();

        assertThat(verify(bundle("2026-12"), null).findings())
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith("invoice 4801 of 2026-12-01 is said to come from bistro, but the interchange"));
    }

    @Test
    void hostileContentIsAFindingAndNoFailure() throws IOException {
        byte[] changed = withManifest(changed(
                bundle,
                "statement.json",
                content -> new String(content, StandardCharsets.UTF_8)
                        .replace("\"period\":\"2026-11\"", "\"period\":\"2026-99\"")
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(verify(changed, null).findings())
                .anySatisfy(
                        finding -> assertThat(finding).startsWith("The bundle holds something that cannot be read:"));
    }

    @Test
    void aHeldDocumentDoesNotCountAndAReleasedOneCountsByItsRelease() throws IOException {
        byte[] december = withASuspectedAndAReleasedOne();

        Verification verification = verify(december, null);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.notProved())
                .contains(
                        "Not proved: that the 1 documents which the hub says are held should not count; --mine names those of yours, and why.");
        assertThat(text(december, "statement.json"))
                .contains("\"due\":{\"amount\":\"5.00\",\"currency\":\"EUR\"}")
                .contains("\"invoice\":\"4803\"")
                .doesNotContain("\"invoice\":\"4802\"");
        assertThat(text(december, HeldDocuments.FILE))
                .contains("\"reason\":\"duplicate-suspected\"", "\"reason\":\"decided-since\"");
    }

    @Test
    void whatWasReleasedAfterTheCloseWasHeldForTheStatement() throws IOException {
        String suspected = sendsAlike("4801", "4802").get(1);
        byte[] december = bundle("2026-12");
        CommissionStatement statement = hub.statements().all(Optional.empty()).get(0);
        release(suspected);
        byte[] later = hub.context.getBean(StatementBundles.class).of(statement);

        assertThat(verify(december, null).findings()).isEmpty();
        assertThat(verify(later, null).findings()).isEmpty();
        assertThat(text(later, HeldDocuments.FILE)).contains("\"reason\":\"decided-since\"");

        hub.archive.now(Instant.parse("2027-02-01T09:00:00Z"));
        assertThat(verify(bundle("2027-01"), null).findings()).isEmpty();
        assertThat(files(hub.bundle(NORDMAR)).get("statement.json"))
                .asString(StandardCharsets.UTF_8)
                .contains("\"invoice\":\"4802\"");
    }

    @Test
    void aDocumentOfMineThatIsHeldIsNamedWithItsReason() throws IOException {
        byte[] december = withASuspectedAndAReleasedOne();
        Path mine = Files.createDirectory(folder.resolve("mine"));
        for (String number : List.of("4801", "4802", "4803")) {
            Files.write(mine.resolve(number + ".edi"), wire(alike(number)));
        }

        Verification verification = verify(december, mine);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.checked()).contains("3 documents of mine fall into the stated months.");
        assertThat(verification.notProved())
                .contains(
                        "invoice 4802 of 2026-12-01 in 4802.edi was sent, but the hub did not let it count (duplicate-suspected); ask its operator.");

        Files.write(mine.resolve("4802.edi"), wire(alike("4802").allowance("1.00")));
        assertThat(verify(december, mine).findings())
                .containsExactly("invoice 4802 of 2026-12-01 in 4802.edi is missing in the statement's evidence.");
    }

    @Test
    void aDocumentOfMineWithAProblemOrARivalIsNamedWithIt() throws IOException {
        Paper faulty = Paper.invoice("4820", "2026-12-02").line("1", "C", 7, "3.335");
        hub.receives(TestHub.Sent.of(ACME, NORDMAR, faulty.written(), TestHub.Sent.How.WITH_A_FAULT));
        hub.restart();
        Paper first = Paper.invoice("4821", "2026-12-02").line("1", "C", 7, "3.335");
        Paper rival = Paper.invoice("4821", "2026-12-02").line("1", "C", 700, "3.335");
        hub.sends(ACME, NORDMAR, first);
        hub.sends(ACME, NORDMAR, rival);
        byte[] december = bundle("2026-12");
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.write(mine.resolve("faulty.edi"), wire(faulty));
        Files.write(mine.resolve("first.edi"), wire(first));
        Files.write(mine.resolve("rival.edi"), wire(rival));

        Verification verification = verify(december, mine);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.notProved())
                .contains(
                        "invoice 4820 of 2026-12-02 in faulty.edi was sent, but the hub did not let it count (total-differs); ask its operator.",
                        "invoice 4821 of 2026-12-02 in rival.edi was sent, but the hub did not let it count (document-conflict); ask its operator.");
    }

    @Test
    void aHeldDocumentThatIsCountedOrAReleaseThatIsLeftOutIsFound() throws IOException {
        byte[] december = withASuspectedAndAReleasedOne();
        byte[] withoutRelease = withManifest(withoutReleases(december));
        assertThat(verify(withoutRelease, null).findings())
                .singleElement()
                .asString()
                .startsWith("The statement is not what its documents come to:");

        byte[] suspectedCounts =
                withManifest(changed(december, HeldDocuments.FILE, held -> only("decided-since", held)));
        assertThat(verify(suspectedCounts, null).findings())
                .singleElement()
                .asString()
                .startsWith("The statement is not what its documents come to:");

        byte[] releasedWithoutReason =
                withManifest(changed(december, HeldDocuments.FILE, held -> only("duplicate-suspected", held)));
        assertThat(verify(releasedWithoutReason, null).findings())
                .singleElement()
                .asString()
                .matches(
                        "Entry \\d+ releases document \\d+-0, which the bundle does not hold as one that was held before.");

        byte[] heldNowhere = withManifest(changed(
                december,
                HeldDocuments.FILE,
                held -> new String(held, StandardCharsets.UTF_8)
                        .replaceFirst("\"fact\":\"[0-9]+\"", "\"fact\":\"1\"")
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(verify(heldNowhere, null).findings())
                .anySatisfy(finding -> assertThat(finding).startsWith("held.json says that document "));
    }

    @Test
    void aReleasedDocumentsEntryLeadsBackToWhatMappedIt() {
        String suspected = sendsAlike("4801", "4802").get(1);
        release(suspected);
        JournalEntry entry = hub.ledger().entriesOf(NORDMAR, null, YearMonth.of(2026, 12)).stream()
                .filter(posted -> posted.invoiceNumber().equals("4802"))
                .findFirst()
                .orElseThrow();

        Map<String, Object> chain = hub.context
                .getBean(Provenance.class)
                .of(entry.id(), supplier -> true)
                .orElseThrow();
        assertThat(chain.get("mapping")).asString().contains("engine=test", "guide=none");
    }

    /** 4802 stays held; 4803 is released. */
    private byte[] withASuspectedAndAReleasedOne() {
        List<String> ids = sendsAlike("4801", "4802", "4803");
        release(ids.get(2));
        return bundle("2026-12");
    }

    private List<String> sendsAlike(String... numbers) {
        return Stream.of(numbers)
                .map(number -> hub.sends(ACME, NORDMAR, alike(number)).id() + "-0")
                .toList();
    }

    /** Of 100.00, so that it earns 2.50. */
    private static Paper alike(String number) {
        return Paper.invoice(number, "2026-12-01")
                .naming("purchase-order", "PO9")
                .line("1", "OIL", 10, "10.00");
    }

    private void release(String document) {
        assertThat(hub.execute(new DocumentRelease(document, "Two deliveries").command("operator", null))
                        .status())
                .isEqualTo(200);
    }

    private byte[] withoutReleases(byte[] zip) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>(files(zip));
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode entry : CommissionCommands.tree(files.get("entries.json"))) {
            if (entry.path("type").asText().equals(DocumentRelease.RELEASED.name())) {
                files.remove("facts/%s.json".formatted(entry.path("sequence").asText()));
            } else {
                kept.add(entry);
            }
        }
        assertThat(files).hasSizeLessThan(files(zip).size());
        files.put("entries.json", CanonicalJson.mapper().writeValueAsBytes(kept));
        return zip(files);
    }

    /** What is held for this reason alone. */
    private static byte[] only(String reason, byte[] held) {
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode document : CommissionCommands.tree(held)) {
            if (document.path("reason").asText().equals(reason)) {
                kept.add(document);
            }
        }
        assertThat(kept).hasSize(1);
        return kept.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String text(byte[] zip, String name) throws IOException {
        return new String(files(zip).get(name), StandardCharsets.UTF_8);
    }

    private byte[] bundle(String period) {
        hub.close(NORDMAR, period);
        return hub.bundle(NORDMAR);
    }

    private static byte[] wire(Paper paper) {
        return CanonicalJson.of(paper.written());
    }

    private static List<WireReader.Found> read(byte[] payload) {
        try {
            return List.of(new WireReader.Found(
                    new ByteRange(0, payload.length),
                    "none",
                    TestHub.GUIDE,
                    TestHub.GUIDE,
                    CanonicalJson.read(payload, PricedDocument.class)));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private Verification verify(byte[] zip, Path mine) throws IOException {
        Path file = Files.write(folder.resolve("bundle.zip"), zip);
        return StatementVerifier.verify(file, mine, null, Files.createTempDirectory(folder, "work"), JSON_WIRE);
    }

    private SortedMap<String, byte[]> files(byte[] zip) throws IOException {
        return BundleFiles.open(Files.write(folder.resolve("read.zip"), zip)).files();
    }

    private byte[] changed(byte[] zip, String name, UnaryOperator<byte[]> change) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>(files(zip));
        files.computeIfPresent(name, (file, content) -> change.apply(content));
        return zip(files);
    }

    private byte[] without(byte[] zip, String name) throws IOException {
        if (name.equals("statement.json")) {
            return changed(zip, name, content -> new byte[] {'{', '}'});
        }
        SortedMap<String, byte[]> files = new TreeMap<>(files(zip));
        files.remove(name);
        return zip(files);
    }

    /** The digests made to fit again, as somebody would who covers up a change. */
    private byte[] withManifest(byte[] zip) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>(files(zip));
        files.remove("manifest.json");
        Map<String, Object> digests = new TreeMap<>();
        files.forEach((name, content) -> digests.put(name, Sha256.of(content).hex()));
        files.put(
                "manifest.json",
                CanonicalJson.write(Map.of("format", StatementBundles.FORMAT, "statement", "1", "files", digests)));
        return zip(files);
    }

    private static byte[] zip(SortedMap<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
