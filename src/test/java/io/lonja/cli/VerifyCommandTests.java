package io.lonja.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.DemoHome;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Sha256;
import io.lonja.commission.TestHub;
import io.lonja.document.DocumentRelease;
import io.lonja.party.PartyId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;

/** A statement over real X12 810s, read by the project's own guides, and what an unfaithful bundle comes to. */
class VerifyCommandTests {

    private static final PartyId SUPPLIER = new PartyId("valle-foods");
    private static final Path INVOICE = Path.of("src/test/resources/acceptance/x12-810-invoice.edi");

    private static byte[] bundle;
    private static long invoice;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trade() throws IOException {
        try (TestHub hub = TestHub.withWire()) {
            hub.agree(SUPPLIER, "2.5", "35", "2026-01-01", null);
            invoice = hub.sends(SUPPLIER, Files.readString(INVOICE)).sequence();
            hub.sends(SUPPLIER, creditOfTwo());
            assertThat(hub.close(SUPPLIER, "2026-11").status()).isEqualTo(201);
            bundle = hub.bundle(SUPPLIER);
        }
    }

    /** Of the ten cases invoiced, two at 19.95 are credited: of 4.99 commission 1.00 is taken back. */
    private static String creditOfTwo() throws IOException {
        return Files.readString(INVOICE)
                .replace("000000201", "000000202")
                .replace("*201*X*", "*202*X*")
                .replace("GE*1*201", "GE*1*202")
                .replace("BIG*20261103*VF-2001*20261102*HM-1001***DI~", "BIG*20261110*VF-G1*20261102*HM-1001***CR~")
                .replace("CUR*SE*EUR~\n", "CUR*SE*EUR~\nREF*IV*VF-2001~\n")
                .replace("IT1*1*10*", "IT1*1*2*")
                .replace("TDS*19950~", "TDS*3990~")
                .replace("SE*9*", "SE*10*");
    }

    @Test
    void aFaithfulBundleHoldsFromTheBytesToTheTotals() throws IOException {
        String said = verify(0, bundle, null);
        assertThat(said)
                .contains("2 documents, read again from the interchanges, say what was concluded from them.")
                .contains("2 commission lines and all totals, computed again, are those of the statement to the byte.")
                .endsWith("The statement holds." + System.lineSeparator());
        assertThat(new String(files().get("statement.json"), StandardCharsets.UTF_8))
                .contains("\"due\":{\"amount\":\"3.99\",\"currency\":\"EUR\"}");
    }

    @Test
    void aChangedAmountOnTheWireIsFoundThoughTheManifestCoversItUp() throws IOException {
        String name = "interchanges/%d.edi".formatted(invoice);
        assertThat(verify(1, with(name, text(name).replace("19.95", "29.95").replace("TDS*19950", "TDS*29950")), null))
                .contains("FINDING: %s is not what was archived as entry %d.".formatted(name, invoice))
                .contains("invoice VF-2001 of 2026-11-03 does not say on the wire what was concluded from it.");
    }

    @Test
    void aChangedTotalIsFound() throws IOException {
        String statement = text("statement.json");
        assertThat(verify(1, with("statement.json", statement.replace("\"3.99\"", "\"4.99\"")), null))
                .contains("FINDING: The statement is not what its documents come to: totals are");
    }

    @Test
    void aGuideThatReadsOtherwiseIsFound() throws IOException {
        String name = files().keySet().stream()
                .filter(file -> file.matches("guides/[0-9a-f]{16}/x12-004010-810/invoice\\.smooks\\.xml"))
                .findFirst()
                .orElseThrow();
        assertThat(verify(1, with(name, text(name) + "\n<!-- another reading -->\n"), null))
                .contains("was read by another version of guide x12-004010-810 than the one in the bundle.");
        assertThat(verify(1, with(name, "<no-smooks"), null))
                .contains("FINDING: The bundle holds something that cannot be read: the guides cannot be used");
        for (String lacking : files().keySet()) {
            // What a guide says to people, or writes by, is nothing that a document is read by.
            if (lacking.startsWith("guides/") && !lacking.endsWith("guide.md") && !lacking.endsWith(".out.ftlx")) {
                assertThat(verify(1, with(lacking, null), null)).as(lacking).contains("FINDING: ");
            }
        }
    }

    @Test
    void aStatementHoldsByTheGuidesOfItsTimeHoweverTheyWereMendedSince() throws IOException {
        Path config = folder.resolve("config");
        FileSystemUtils.copyRecursively(Path.of("schemas"), config.resolve("schemas"));
        TestHub hub = TestHub.withWire(config);
        hub.agree(SUPPLIER, "2.5", "35", "2026-01-01", null);
        hub.sends(SUPPLIER, Files.readString(INVOICE));
        Path mapping = config.resolve("schemas/x12-004010-810/invoice.smooks.xml");
        Files.writeString(mapping, Files.readString(mapping) + "\n<!-- mended -->\n");

        try (TestHub mended = hub.restarted(config)) {
            mended.sends(SUPPLIER, creditOfTwo());
            assertThat(mended.close(SUPPLIER, "2026-11").status()).isEqualTo(201);
            byte[] both = mended.bundle(SUPPLIER);
            Path mine = Files.createDirectory(folder.resolve("mine"));
            Files.copy(INVOICE, mine.resolve("first.edi"));
            assertThat(verify(0, both, mine))
                    .contains("2 documents, read again from the interchanges, say what was concluded from them.");
            assertThat(files(both).keySet())
                    .filteredOn(name -> name.endsWith("invoice.smooks.xml"))
                    .hasSize(2);
        }
    }

    /** The overlay's own files never change: what judged the first invoice is its base, as that was. */
    @Test
    void aStatementHoldsByTheOverlayAndTheBaseThatItLayOn() throws IOException {
        Path config = folder.resolve("config");
        FileSystemUtils.copyRecursively(Path.of("schemas"), config.resolve("schemas"));
        Path overlay = Files.createDirectories(config.resolve("schemas/x12-004010-810-valle"));
        Files.writeString(overlay.resolve("overlay.xml"), """
                <overlay xmlns="http://xlate.io/EDISchema/v4" base="x12-004010-810">
                  <segment type="CUR" minOccurs="1"/>
                </overlay>
                """);
        Path partners = folder.resolve("partners");
        FileSystemUtils.copyRecursively(DemoHome.partners(), partners);
        Path profile = partners.resolve("valle-foods/partner.yaml");
        Files.writeString(
                profile, Files.readString(profile).replace("guide: x12-004010-810,", "guide: x12-004010-810-valle,"));
        TestHub hub = TestHub.withWire(config, partners);
        hub.agree(SUPPLIER, "2.5", "35", "2026-01-01", null);
        hub.sends(SUPPLIER, Files.readString(INVOICE));
        Path structure = config.resolve("schemas/x12-004010-810/structure.xml");
        Files.writeString(structure, Files.readString(structure) + "\n<!-- mended -->\n");

        try (TestHub mended = hub.restarted(config, partners)) {
            mended.sends(SUPPLIER, creditOfTwo());
            assertThat(mended.close(SUPPLIER, "2026-11").status()).isEqualTo(201);
            byte[] both = mended.bundle(SUPPLIER);
            assertThat(files(both).keySet())
                    .filteredOn(name -> name.startsWith("guides/"))
                    .allMatch(name -> name.contains("/x12-004010-810-valle/"))
                    .filteredOn(name -> name.endsWith("/structure.xml") || name.endsWith("/overlay.xml"))
                    .hasSize(4);
            Path mine = Files.createDirectory(folder.resolve("mine"));
            Files.copy(INVOICE, mine.resolve("first.edi"));
            assertThat(verify(0, both, mine))
                    .contains("2 documents, read again from the interchanges, say what was concluded from them.");
            String name = files(both).keySet().stream()
                    .filter(it -> it.endsWith("/overlay.xml"))
                    .findFirst()
                    .orElseThrow();
            String wider = new String(files(both).get(name), StandardCharsets.UTF_8).replace("\"1\"", "\"0\"");
            assertThat(verify(1, with(both, name, wider), null))
                    .contains("was read by another version of guide x12-004010-810-valle than the one in the bundle.");
        }
    }

    @Test
    void whatISentAndIsNotInTheBundleIsNamed() throws IOException {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.copy(INVOICE, mine.resolve("first.edi"));
        assertThat(verify(0, bundle, mine)).contains("1 documents of mine fall into the stated months.");

        Files.writeString(mine.resolve("second.edi"), Files.readString(INVOICE).replace("VF-2001", "VF-2002"));
        assertThat(verify(1, bundle, mine))
                .contains(
                        "FINDING: invoice VF-2002 of 2026-11-03 in second.edi is missing in the statement's evidence.");
    }

    /** Both of one interchange, and a third one by itself that an operator releases. */
    @Test
    void ofInvoicesThatSayTheSameOnesHeldDoNotCountAndOnesReleasedDo() throws IOException {
        String both = Files.readString(INVOICE).replace("GE*1*201", "GE*2*201");
        String set = both.substring(both.indexOf("ST*810"), both.indexOf("GE*2"));
        both = both.replace("GE*2", set.replace("0001~", "0002~").replace("VF-2001", "VF-2002") + "GE*2");
        String third = Files.readString(INVOICE)
                .replace("000000201", "000000203")
                .replace("*201*X*", "*203*X*")
                .replace("GE*1*201", "GE*1*203")
                .replace("VF-2001", "VF-2003");
        byte[] held;
        try (TestHub hub = TestHub.withWire()) {
            hub.agree(SUPPLIER, "2.5", "35", "2026-01-01", null);
            hub.sends(SUPPLIER, both);
            String suspected = hub.sends(SUPPLIER, third) + "-0";
            DocumentRelease release = new DocumentRelease(suspected, "Two deliveries of one size");
            assertThat(hub.execute(release.command("operator", null)).status()).isEqualTo(200);
            assertThat(hub.close(SUPPLIER, "2026-11").status()).isEqualTo(201);
            held = hub.bundle(SUPPLIER);
        }
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(mine.resolve("both.edi"), both);
        Files.writeString(mine.resolve("third.edi"), third);

        assertThat(verify(0, held, mine))
                .contains("3 documents, read again from the interchanges, say what was concluded from them.")
                .contains("2 commission lines and all totals, computed again, are those of the statement to the byte.")
                .contains("3 documents of mine fall into the stated months.")
                .contains(
                        "invoice VF-2002 of 2026-11-03 in both.edi was sent, but the hub did not let it count (duplicate-suspected); ask its operator.");
        assertThat(verify(1, with(held, "held.json", null), null))
                .contains("FINDING: The statement is not what its documents come to: totals are");
    }

    @Test
    void aDocumentOfMineThatNamesNoCurrencyIsHeldAgainstTheStatementToo() throws IOException {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        String silent = Files.readString(INVOICE).replace("CUR*SE*EUR~\n", "").replace("SE*9*", "SE*8*");
        Files.writeString(mine.resolve("first.edi"), silent);
        assertThat(verify(0, bundle, mine)).contains("1 documents of mine fall into the stated months.");

        Files.writeString(mine.resolve("second.edi"), silent.replace("VF-2001", "VF-2002"));
        assertThat(verify(1, bundle, mine))
                .contains(
                        "FINDING: invoice VF-2002 of 2026-11-03 in second.edi is missing in the statement's evidence.");
    }

    @Test
    void saysWhatIsNotProvedUntilTheKeyAndMyFilesAreGiven() throws IOException {
        String key = Sha256.of(files().get("hub-public-key.der")).hex();
        assertThat(verify(0, bundle, null))
                .contains("The key came with the bundle; compare its fingerprint " + key)
                .contains("Not proved: that nothing is missing; use --mine with the files you sent.");

        Path file = Files.write(folder.resolve("bundle.zip"), bundle);
        assertThat(verify(0, file.toString(), "--key", key))
                .contains("The key is the one whose fingerprint was given.")
                .doesNotContain("The key came with the bundle");
        assertThat(verify(1, file.toString(), "--key", "00".repeat(32)))
                .contains("FINDING: The tree head is signed by the key %s, not by 0000".formatted(key));
    }

    private static String verify(int code, String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine verify = new CommandLine(new VerifyCommand()).setOut(new PrintWriter(out, true));
        assertThat(verify.execute(arguments)).as(out.toString()).isEqualTo(code);
        return out.toString();
    }

    private String verify(int code, byte[] zip, @Nullable Path mine) throws IOException {
        Path file = Files.write(folder.resolve("bundle.zip"), zip);
        return mine == null ? verify(code, file.toString()) : verify(code, file.toString(), "--mine", mine.toString());
    }

    private static String text(String name) throws IOException {
        return new String(files().get(name), StandardCharsets.UTF_8);
    }

    private static SortedMap<String, byte[]> files() throws IOException {
        return files(bundle);
    }

    private static SortedMap<String, byte[]> files(byte[] zipped) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    /** The bundle with other content in one file, or without it, and a manifest that fits again. */
    private static byte[] with(String name, @Nullable String content) throws IOException {
        return with(bundle, name, content);
    }

    private static byte[] with(byte[] zipped, String name, @Nullable String content) throws IOException {
        SortedMap<String, byte[]> files = files(zipped);
        files.remove(name);
        files.remove("manifest.json");
        if (content != null) {
            files.put(name, content.getBytes(StandardCharsets.UTF_8));
        }
        Map<String, Object> digests = new TreeMap<>();
        files.forEach((file, bytes) -> digests.put(file, Sha256.of(bytes).hex()));
        files.put(
                "manifest.json",
                CanonicalJson.write(Map.of("format", "lonja-statement-bundle/1", "statement", "1", "files", digests)));
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
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
