package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lonja.Shipped;
import io.lonja.archive.CanonicalJson;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same business in both standards is the same document. */
class AlikeTests {

    private static final Path FOLDER = Path.of("src/test/resources/mapping/alike");
    private static final Mapping MAPPING = Shipped.mapping();
    private static final MappingContext EUR = new MappingContext(Currency.getInstance("EUR"));
    private static final ObjectMapper JSON = CanonicalJson.mapper();

    @ParameterizedTest
    @ValueSource(strings = {"order", "response", "invoice", "rates"})
    void theSameBusinessMakesTheSameDocument(String business) throws IOException {
        String x12 = document(business + ".x12.edi").toPrettyString();
        assertThat(document(business + ".edifact.edi").toPrettyString()).isEqualTo(x12);
        assertThat(document(business + ".eancom.edi").toPrettyString()).isEqualTo(x12);
    }

    private static JsonNode document(String file) throws IOException {
        List<TransactionSet> sets = SetText.sets(Files.readAllBytes(FOLDER.resolve(file)));
        assertThat(sets).hasSize(1);
        assertThat(sets.get(0).verdict()).isInstanceOf(Verdict.Accepted.class);
        Mapped mapped = MAPPING.map(sets.get(0), EUR);
        assertThat(mapped.problems()).isEmpty();
        JsonNode document = JSON.readTree(CanonicalJson.of(Objects.requireNonNull(mapped.content())));
        assertThat(document.path("lines")).isNotEmpty();
        return withoutWhatTheWireSaysDifferently(document);
    }

    /**
     * Where it stood in the payload, and the source's own code for the reason of an allowance or charge (SAC02, ALC05) and
     * for the kind of a tax (TXI01, TAX02): their code lists differ, and a document keeps them as written.
     */
    private static JsonNode withoutWhatTheWireSaysDifferently(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("wire");
            object.remove("category");
            object.remove("code");
            object.forEach(AlikeTests::withoutWhatTheWireSaysDifferently);
        } else if (node instanceof ArrayNode array) {
            array.forEach(AlikeTests::withoutWhatTheWireSaysDifferently);
        }
        return node;
    }
}
