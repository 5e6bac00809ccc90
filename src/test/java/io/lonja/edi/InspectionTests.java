package io.lonja.edi;

import static io.lonja.edi.EdiFixture.PARSER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionTests {

    @ParameterizedTest
    @CsvSource({
        "single-line, 0",
        "letters-beyond-ascii, 0",
        "short-set-number, 1",
        "one-good-one-bad, 1",
        "missing-po-number, 2",
        "cut-short, 2"
    })
    void theExitCodeTellsWhatBecameOfIt(String sample, int exitCode) {
        assertThat(inspect(EdiFixture.sample("x12-004010-850", sample)).exitCode())
                .isEqualTo(exitCode);
    }

    @Test
    void whatIsNotEdiIsRefused() {
        assertThat(inspect("Good morning").exitCode()).isEqualTo(Inspection.REFUSED);
        assertThat(EdiFixture.report(inspect("Good morning"))).startsWith("order.edi: not read\n  not-edi at byte 0: ");
    }

    @Test
    void everyErrorHasItsPlaceInTheJson() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(EdiFixture.json(inspect(EdiFixture.sample("x12-004010-850", "missing-po-number"))));
        JsonNode error = json.at("/interchanges/0/groups/0/transactionSets/0/errors/0");
        assertThat(error.path("segment").asInt()).isEqualTo(2);
        assertThat(error.path("segmentId").asText()).isEqualTo("BEG");
        assertThat(error.path("element").asInt()).isEqualTo(3);
        assertThat(error.path("code").asText()).isEqualTo("mandatory-element-missing");
        assertThat(error.path("message").asText())
                .isEqualTo("BEG03 (Purchase Order Number) in segment 2 is missing; send it.");
        assertThat(error.path("byte").asInt()).isEqualTo(187);
    }

    private static Inspection inspect(String text) {
        return Inspection.of("order.edi", text.getBytes(ISO_8859_1), PARSER);
    }
}
