package io.lonja.edi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuidesTests {

    private static final String MINIMAL = """
            <schema xmlns="http://xlate.io/EDISchema/v4">
              <transaction><sequence><segment type="BEG" minOccurs="1"/></sequence></transaction>
              <elementType name="E353" code="353" base="identifier" minLength="2" maxLength="2" title="Purpose"/>
              <segmentType name="BEG"><sequence><element type="E353" minOccurs="1"/></sequence></segmentType>
            </schema>
            """;

    @TempDir
    Path schemas;

    @Test
    void theGuidesOfTheProjectHaveNoFault() {
        assertThat(EdiFixture.GUIDES.faults()).isEmpty();
        assertThat(EdiFixture.GUIDES.all())
                .extracting(guide -> guide.id().value())
                .contains("x12-004010-810", "x12-004010-850", "x12-004010-997");
    }

    @Test
    void aGuideIsChosenByVersionAndTransactionSet() {
        Guides guides = EdiFixture.GUIDES;
        assertThat(guides.select(Standard.X12, "004010VICS", "850"))
                .hasValueSatisfying(guide -> assertThat(guide.id()).hasToString("x12-004010-850"));
        assertThat(guides.select(Standard.X12, "005010", "850")).isEmpty();
        assertThat(guides.select(Standard.X12, "", "850")).isEmpty();
        assertThat(guides.select(Standard.EDIFACT, "004010", "850")).isEmpty();
    }

    /** UNH 0057 says which guide of the association a message follows; the directory decides by which it is read. */
    @Test
    void eancomIsChosenByItsDirectory() {
        Guides guides = EdiFixture.GUIDES;
        assertThat(guides.select(Standard.EDIFACT, "D01B", "ORDERS"))
                .hasValueSatisfying(guide -> assertThat(guide.id()).hasToString("edifact-d01b-orders"));
        assertThat(guides.select(Standard.EDIFACT, "D01B", "INVOIC"))
                .hasValueSatisfying(guide -> assertThat(guide.id()).hasToString("edifact-d01b-invoic"));
        assertThat(guides.select(Standard.EDIFACT, "D01B", "DESADV"))
                .hasValueSatisfying(guide -> assertThat(guide.id()).hasToString("edifact-d01b-desadv"));
        assertThat(guides.select(Standard.EDIFACT, "D01B", "ORDRSP"))
                .hasValueSatisfying(guide -> assertThat(guide.id()).hasToString("edifact-d01b-ordrsp"));
        assertThat(guides.select(Standard.EDIFACT, "D96A", "ORDERS"))
                .hasValueSatisfying(guide -> assertThat(guide.id()).hasToString("edifact-d96a-orders"));
    }

    @Test
    void allFaultsAreListedAtOnceWithTheirLines() throws IOException {
        guide(MINIMAL.replace("<segment type=\"BEG\" minOccurs=\"1\"/>", "<segment type=\"BGE\" minOccurs=\"many\"/>")
                .replace("base=\"identifier\"", "base=\"word\"")
                .replace("<element type=\"E353\"", "<element type=\"E999\""));
        Guides guides = Guides.load(schemas);
        assertThat(guides.all()).isEmpty();
        assertThat(guides.faults())
                .hasSize(4)
                .allMatch(fault -> fault.matches(".*structure\\.xml:\\d+: .*\\."))
                .anyMatch(fault -> fault.contains(":2:") && fault.contains("no segment type BGE"))
                .anyMatch(fault -> fault.contains(":2:") && fault.contains("many is no whole number"))
                .anyMatch(fault -> fault.contains(":3:") && fault.contains("word"))
                .anyMatch(fault -> fault.contains(":4:") && fault.contains("no element type E999"));
    }

    @Test
    void documentTypesAndEntitiesAreForbidden() throws IOException {
        guide("<!DOCTYPE schema [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n" + MINIMAL.replace("Purpose", "&x;"));
        assertThat(Guides.load(schemas).faults()).singleElement().asString().contains("structure.xml:1:");
        assertThat(Guides.load(schemas).all()).isEmpty();
    }

    @Test
    void whatIsNoXmlIsAFaultAndNoException() throws IOException {
        for (String text : new String[] {"", "nonsense", "<schema", MINIMAL.replace("</schema>", ""), "<schema/>"}) {
            guide(text);
            assertThat(Guides.load(schemas).faults()).as(text).isNotEmpty();
        }
    }

    @Test
    void aFolderThatLooksLikeAGuideNeedsAStructure() throws IOException {
        Files.createDirectories(schemas.resolve("x12-004010-855"));
        Files.createDirectories(schemas.resolve("portal"));
        assertThat(Guides.load(schemas).faults()).singleElement().asString().contains("x12-004010-855");
        assertThat(Guides.load(schemas.resolve("nowhere")).faults()).hasSize(1);
    }

    private void guide(String structure) throws IOException {
        Path folder = Files.createDirectories(schemas.resolve("x12-004010-850"));
        Files.writeString(folder.resolve(Guides.STRUCTURE), structure);
    }
}
