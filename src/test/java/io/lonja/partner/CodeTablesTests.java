package io.lonja.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.CanonicalJson;
import io.lonja.party.CodeKind;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeTablesTests {

    private static final LocalDate DAY = LocalDate.parse("2026-11-21");
    private static final String ACME = """
            name: Acme Foods
            roles: [supplier]
            identities: { x12: "ZZ/ACMEFOODS" }
            channels: { https: {} }
            agreements:
              - { document: purchase-order, direction: outbound, guide: x12-004010-850%s }
            """;

    @TempDir
    private Path config;

    @BeforeEach
    void onePartner() throws IOException {
        Files.createDirectories(config.resolve("schemas/x12-004010-850"));
        demand("");
    }

    @Test
    void translateBothWays() throws IOException {
        table("items.csv", """
                ours,theirs
                gtin:8412345000013,supplier-item:A-100
                "buyer-item:47,11","supplier-item:B ""200"
                """);
        CodeTables tables = live().codes();
        assertThat(tables.theirs(CodeKind.ITEMS, "gtin:8412345000013", DAY)).contains("supplier-item:A-100");
        assertThat(tables.ours(CodeKind.ITEMS, "supplier-item:A-100", DAY)).contains("gtin:8412345000013");
        assertThat(tables.ours(CodeKind.ITEMS, "supplier-item:B \"200", DAY)).contains("buyer-item:47,11");
        assertThat(tables.ours(CodeKind.ITEMS, "supplier-item:C", DAY)).isEmpty();
        assertThat(tables.ours(CodeKind.UNITS, "supplier-item:A-100", DAY)).isEmpty();
        assertThat(tables.ours(CodeKind.ITEMS, "gtin:8412345000013", DAY))
                .as("what is ours already stays")
                .contains("gtin:8412345000013");
    }

    @Test
    void holdFromTheFirstToTheLastDayOfARow() throws IOException {
        table("units.csv", """
                until,from,theirs,ours
                2026-06-30,,KI,CA
                2026-11-21,2026-07-01,CS,CA
                ,2026-11-22,CT,CA
                """);
        CodeTables tables = live().codes();
        assertThat(tables.theirs(CodeKind.UNITS, "CA", LocalDate.parse("1999-01-01")))
                .contains("KI");
        assertThat(tables.theirs(CodeKind.UNITS, "CA", LocalDate.parse("2026-06-30")))
                .contains("KI");
        assertThat(tables.theirs(CodeKind.UNITS, "CA", LocalDate.parse("2026-07-01")))
                .contains("CS");
        assertThat(tables.theirs(CodeKind.UNITS, "CA", DAY)).contains("CS");
        assertThat(tables.theirs(CodeKind.UNITS, "CA", DAY.plusDays(1))).contains("CT");
        assertThat(tables.ours(CodeKind.UNITS, "KI", DAY)).isEmpty();
    }

    @Test
    void areReadAsSpreadsheetsWriteThem() throws IOException {
        table("units.csv", "\uFEFFours,theirs,from,until\r\nCA,Kartón,,\r\n\r\n");
        assertThat(live().codes().theirs(CodeKind.UNITS, "CA", DAY)).contains("Kartón");
    }

    @Test
    void areAPartOfTheProfileThatIsArchived() throws IOException {
        String without = profile().version();
        assertThat(new String(CanonicalJson.of(profile()), StandardCharsets.UTF_8))
                .as("a profile without tables looks as before")
                .doesNotContain("codes");
        table("units.csv", "ours,theirs,from,until\nCA,CS,2026-01-01,\nEA,PCE,,\n");
        demand(", codes: [units]");
        PartnerProfile profile = profile();
        assertThat(profile.version()).isNotEqualTo(without);
        assertThat(CanonicalJson.read(CanonicalJson.of(profile), PartnerProfile.class))
                .isEqualTo(profile);
        assertThat(live().outbound("purchase-order").orElseThrow().codes()).containsExactly(CodeKind.UNITS);

        table("units.csv", "\ntheirs,ours,from\nPCE,EA,\nCS,CA,2026-01-01\n");
        assertThat(profile().version()).as("only looks different").isEqualTo(profile.version());
    }

    @Test
    void areRefusedWithEveryFaultAndItsLine() throws IOException {
        table("items.csv", """
                ours,theirs,from,until
                gtin:1,supplier-item:A,,
                ,supplier-item:B,,
                gtin:3,4711,,
                gtin:4,supplier-item:D,2026-02-30,
                gtin:5,supplier-item:E,2026-12-31,2026-01-01

                gtin:6,supplier-item:F
                 gtin:7,supplier-item:G,,
                """);
        assertThat(told())
                .containsExactly(
                        "items.csv:3: The code under `ours` is empty.",
                        "items.csv:4: `4711` under `theirs` does not say whose code it is; write gtin:…, buyer-item:… or supplier-item:….",
                        "items.csv:5: `2026-02-30` under `from` is no day; write it like 2026-01-31.",
                        "items.csv:6: `from` 2026-12-31 is after `until` 2026-01-01.",
                        "items.csv:8: The row has 2 values, but the header 4; a value with a comma stands in quotes.",
                        "items.csv:9: `gtin:7` under `ours` has blanks around it or a line break in it.");
        assertThat(folders().read().get(0).profile()).isNull();
    }

    @Test
    void areRefusedWhereOneCodeMeansTwoThingsOnOneDay() throws IOException {
        table("units.csv", """
                ours,theirs,from,until
                CA,CS,,2026-06-30
                CA,KI,2026-06-30,
                EA,PCE,2026-01-01,2026-01-31
                EA,ST,2026-02-01,
                BX,PCE,2026-01-31,2026-01-31
                """);
        assertThat(told())
                .containsExactly(
                        "units.csv:3: `CA` stands under `ours` in line 2 as well, for some of the same days.",
                        "units.csv:6: `PCE` stands under `theirs` in line 4 as well, for some of the same days.");
    }

    @Test
    void areRefusedWithTheirHeader() throws IOException {
        table("items.csv", "ours;theirs;from;until\ngtin:1;supplier-item:A;;\n");
        table("parties.csv", "theirs,from\nassigned-by-buyer:LUCIA,\n");
        table("taxes.csv", "");
        table("units.csv", "ours,theirs,ours\nCA,CS,CA\n");
        assertThat(told())
                .containsExactly(
                        "items.csv:1: Unknown column `ours;theirs;from;until`; the file begins with the line ours,theirs,from,until, with commas between.",
                        "parties.csv:1: The column `ours` is missing; the file begins with the line ours,theirs,from,until.",
                        "taxes.csv:1: The file is empty; it begins with the line ours,theirs,from,until.",
                        "units.csv:1: The column `ours` stands here twice.");
    }

    @Test
    void areRefusedWhereTheyAreNoTextAndNoTable() throws IOException {
        Files.createDirectories(config.resolve("partners/acme/codes"));
        Files.write(
                config.resolve("partners/acme/codes/items.csv"),
                "ours,theirs\nbuyer-item:Peñíscola,gtin:1\n".getBytes(StandardCharsets.ISO_8859_1));
        table("units.csv", "ours,theirs\nCA,CS\n\"EA\"x,PCE\n");
        table("colours.csv", "ours,theirs\n");
        assertThat(told()).hasSize(3);
        assertThat(told().get(0))
                .isEqualTo(
                        "colours.csv:1: There is no kind of codes `colours.csv`; here belong items.csv, parties.csv, units.csv, taxes.csv.");
        assertThat(told().get(1)).isEqualTo("items.csv:1: The file is not UTF-8 text; save it as CSV UTF-8.");
        assertThat(told().get(2)).startsWith("units.csv:3: This is not CSV: ");
    }

    @Test
    void areDemandedByAnAgreementOnlyWhereThereIsAFile() throws IOException {
        demand(", codes: [units, items]");
        table("units.csv", "ours,theirs\n");
        assertThat(told())
                .containsExactly(
                        "partner.yaml:6: `codes` demands items, but the file codes/items.csv is missing; it begins with the line ours,theirs,from,until.");
        demand(", codes: [colours]");
        assertThat(told()).singleElement().asString().contains("none of items, parties, units, taxes");
    }

    private PartnerProfile profile() {
        assertThat(told()).isEmpty();
        return folders().read().get(0).profile();
    }

    private TradingPartner live() {
        return profile().of(new PartyId("acme"));
    }

    private PartnerFolders folders() {
        return new PartnerFolders(List.of(config.resolve("partners")), config.resolve("schemas"), null);
    }

    private List<String> told() {
        return folders().faults().stream()
                .map(fault -> "%s:%d: %s".formatted(fault.file().getFileName(), fault.line(), fault.sentence()))
                .toList();
    }

    private void demand(String codes) throws IOException {
        Files.createDirectories(config.resolve("partners/acme"));
        Files.writeString(config.resolve("partners/acme/partner.yaml"), ACME.formatted(codes));
    }

    private void table(String file, String text) throws IOException {
        Files.createDirectories(config.resolve("partners/acme/codes"));
        Files.writeString(config.resolve("partners/acme/codes").resolve(file), text);
    }
}
