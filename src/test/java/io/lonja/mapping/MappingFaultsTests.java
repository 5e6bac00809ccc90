package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.edi.Guides;
import io.lonja.partner.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingFaultsTests {

    private static final Path SHIPPED = Path.of("schemas");
    private static final String ORDERS = "edifact-d96a-orders";

    @TempDir
    Path schemas;

    @Test
    void findsNothingInTheMappingsOfThisProject() {
        assertThat(MappingFaults.in(SHIPPED, Guides.load(SHIPPED))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transaction-set",
                "BGM",
                "BGM/@e2",
                "BGM/@at",
                "transaction-set/BGM/@elements",
                "loop-SG2",
                "loop-SG2/@at",
                "transaction-set/loop-SG2/NAD/@e2_3",
                "loop-SG7/CUX[@e1 = '2']/@e1_2",
                "loop-SG7/CUX[@e1=\"2\"]",
                "*/NAD/@e1",
                "/transaction-set/BGM",
                "BGM/@e2 | BGM/@e3"
            })
    void letsStandWhatCanMatchOrIsForSmooksToJudge(String selector) throws IOException {
        assertThat(faults(selector)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "BEG/@e1 | it has no segment BEG",
                "loop-SG99 | its loops are loop-SG1",
                "transaction-set/NAD | NAD stands at transaction-set/loop-SG2/NAD",
                "loop-SG1/NAD/@e1 | NAD stands at transaction-set/loop-SG2/NAD",
                "BGM/@e9 | BGM has 4 elements, and no @e9",
                "BGM/@e0 | and no @e0",
                "loop-SG2/NAD/@e3_9 | element 3 of NAD has 5 components at most",
                "BGM/@e2r2 | element 2 of BGM is there 1 times at most",
                "BGM/@number | a segment has no @number",
                "BGM[@e7 = '1'] | BGM has 4 elements, and no @e7",
                "loop-SG2/@e1 | a loop has only @at",
                "BGM[@e1 = '999']/@e2 | has no code '999' in @e1 of BGM, only 105, 220",
            })
    void tellsASelectorThatWillNeverMatchWithItsLine(String selector, String reason) throws IOException {
        assertThat(faults(selector)).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(3);
            assertThat(fault.file()).hasFileName("purchase-order.smooks.xml");
            assertThat(fault.sentence())
                    .startsWith("The selector '%s'".formatted(selector))
                    .contains(reason);
        });
    }

    @Test
    void tellsABeanThatIsNotThere() throws IOException {
        write("""
                <smooks-resource-list xmlns:jb="https://www.smooks.org/xsd/smooks/javabean-1.6.xsd">
                  <jb:bean beanId="document" createOnElement="transaction-set">
                    <jb:wiring property="lines" beanIdRef="line"/>
                  </jb:bean>
                </smooks-resource-list>
                """);

        assertThat(faults())
                .singleElement()
                .hasToString("%s:3: There is no bean 'line' in this file."
                        .formatted(schemas.resolve(ORDERS).resolve("purchase-order.smooks.xml")));
    }

    @Test
    void tellsWhereAFileIsNoXml() throws IOException {
        write("<smooks-resource-list>\n  <jb:bean>\n</smooks-resource-list>\n");

        assertThat(faults()).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isBetween(2, 3);
            assertThat(fault.sentence()).startsWith("This is not well-formed XML: ");
        });
    }

    @Test
    void tellsASecondMappingInOneFolder() throws IOException {
        write("<smooks-resource-list/>");
        Files.writeString(schemas.resolve(ORDERS).resolve("second.smooks.xml"), "<smooks-resource-list/>");

        assertThat(faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.sentence()).contains("2 mappings"));
    }

    private List<Fault> faults(String selector) throws IOException {
        write("""
                <smooks-resource-list xmlns:jb="https://www.smooks.org/xsd/smooks/javabean-1.6.xsd">
                  <jb:bean beanId="document" createOnElement="transaction-set">
                    <jb:value property="it" data="%s"/>
                  </jb:bean>
                </smooks-resource-list>
                """.formatted(selector.replace("\"", "&quot;")));
        return faults();
    }

    private List<Fault> faults() {
        return MappingFaults.in(schemas, Guides.load(schemas));
    }

    private void write(String smooks) throws IOException {
        Path folder = Files.createDirectories(schemas.resolve(ORDERS));
        Files.copy(SHIPPED.resolve(ORDERS).resolve("structure.xml"), folder.resolve("structure.xml"));
        Files.writeString(folder.resolve("purchase-order.smooks.xml"), smooks);
    }
}
