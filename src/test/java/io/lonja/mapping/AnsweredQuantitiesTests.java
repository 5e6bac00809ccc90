package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Shipped;
import io.lonja.document.Answer;
import io.lonja.document.LineAnswer;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What suppliers' ORDRSP say to a line for 10 pieces. */
class AnsweredQuantitiesTests {

    private static final Mapping MAPPING = Shipped.mapping();
    private static final MappingContext EUR = new MappingContext(Currency.getInstance("EUR"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LIN+1'QTY+21:10'                                | ",
                "LIN+1+5'QTY+21:10'                              | accepted 10",
                "LIN+1+5'QTY+21:10'QTY+113:10'                   | accepted 10",
                "LIN+1+5'QTY+21:10'QTY+12:10'QTY+113:10'         | accepted 10",
                "LIN+1+5'QTY+21:10'QTY+12:10'QTY+85:0'           | accepted 10",
                "LIN+1+5'QTY+21:10'QTY+113:7'QTY+83:3'           | accepted 7, backordered 3",
                "LIN+1'QTY+21:10'QTY+12:10'                      | accepted 10",
                "LIN+1'QTY+21:10'QTY+12:7'                       | quantity-changed 7",
                "LIN+1'QTY+12:10'                                | accepted 10",
                "LIN+1+3'QTY+12:10'                              | changed 10",
                "LIN+1+3'QTY+21:10'                              | changed 10",
                "LIN+1+3'QTY+21:10'QTY+113:7'                    | quantity-changed 7",
                "LIN+1+3'QTY+21:10'QTY+113:7'QVR+++DC'           | date-changed 7",
                "LIN+1+3'QTY+21:10'QTY+113:7'QVR+-3:21++AV'      | quantity-changed 7",
                "LIN+1+3'QTY+21:10'QVR+++UP'                     | price-changed 10",
                "LIN+1+3'PIA+3+B:SA'QTY+21:10'                   | substituted 10 B",
                "LIN+1'PIA+3+B:SA'QTY+21:10'                     | substituted 10 B",
                "LIN+1+3'QTY+21:10'QTY+12:0'                     | quantity-changed 0",
                "LIN+1+24'QTY+21:10'QTY+12:0'QTY+83:10'          | backordered 10",
                "LIN+1+3'QTY+21:10'QTY+83:4'                     | backordered 4",
                "LIN+1+7'QTY+21:10'                              | rejected 10",
                "LIN+1+7'QTY+21:10'QTY+12:0'                     | rejected 10",
                "LIN+1+2'QTY+21:10'                              | rejected 10",
                "LIN+1+4'QTY+21:10'                              | on-hold 10",
                "LIN+1+3'QTY+21:10'QTY+113:7'SCC+1'QTY+113:4'SCC+1'QTY+113:3' | quantity-changed 4, quantity-changed 3",
                "LIN+1+3'QTY+21:10'QTY+83:3'SCC+1'QTY+113:4'QTY+113:3'        | quantity-changed 4, quantity-changed 3, backordered 3",
            })
    void oneCodeAnswersTheLineAndQuantitiesSayToHowMuch(String line, String parts) {
        PricedDocument response = response("231+R+4", line);

        assertThat(response.lines()).hasSize(1);
        LineAnswer answer = response.lines().get(0).answer();
        assertThat(answer).isNotNull();
        assertThat(answer.ordered().value()).isEqualTo("10");
        assertThat(answer.ordered().unit()).isEqualTo("PCE");
        assertThat(answer.parts().stream()
                        .map(part -> "%s %s %s"
                                .formatted(
                                        part.status().wireName(),
                                        part.quantity().value().toPlainString(),
                                        String.join(" ", part.items().values()))
                                .strip())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(parts == null ? "" : parts);
    }

    @Test
    void aDateOfTheLineIsOfWhatItConfirms() {
        String date = "DTM+67:20261216:102'DTM+2:20261210:102'";
        PricedDocument.Line one = response("231+R+4", "LIN+1+3'QTY+21:10'QTY+113:7'QTY+83:3'" + date)
                .lines()
                .get(0);
        assertThat(one.dates()).containsOnlyKeys("delivery-requested");
        assertThat(one.answer().parts().get(0).dates()).containsOnlyKeys("delivery-scheduled");
        assertThat(one.answer().parts().get(1).dates()).isEmpty();

        PricedDocument.Line several = response(
                        "231+R+4",
                        "LIN+1+3'QTY+21:10'QTY+113:7'" + date + "SCC+1'QTY+113:4'DTM+67:20261218:102'QTY+113:3'")
                .lines()
                .get(0);
        assertThat(several.dates()).containsOnlyKeys("delivery-requested", "delivery-scheduled");
        assertThat(several.answer().parts().get(0).dates().get("delivery-scheduled"))
                .isEqualTo("2026-12-18");
        assertThat(several.answer().parts().get(1).dates()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "29, accepted",
        "29+AC, accepted-with-changes",
        "29+AB, accepted",
        "4, accepted-with-changes",
        "9, accepted-with-changes",
        "9+AP, accepted",
        "9+RE, rejected",
        "27, rejected",
        "27+RE, rejected",
        "'', accepted-with-changes",
    })
    void theWholeOrderIsAnsweredByEitherCode(String codes, String answer) {
        PricedDocument response = response("231+R+" + codes, "LIN+1+5'QTY+21:10'");

        assertThat(response.answer()).isEqualTo(Answer.of(answer));
        assertThat(response.lines().get(0).quantity().value())
                .isEqualByComparingTo(answer.equals("rejected") ? "0" : "10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "answer-unknown       | 12   | ON | LIN+1+5'QTY+21:10'",
                "answer-unknown       | 1    | ON | LIN+1+5'QTY+21:10'",
                "answer-unknown       | 9+CA | ON | LIN+1+5'QTY+21:10'",
                "answer-unknown       | 27+AP | ON | LIN+1+5'QTY+21:10'",
                "answer-missing       | 9    | ON | ",
                "order-missing        | 29   | CT | LIN+1+5'QTY+21:10'",
                "status-unknown       | 4    | ON | LIN+1+23'QTY+21:10'",
                "quantity-missing     | 4    | ON | LIN+1+7'",
                "answer-unit-differs  | 4    | ON | LIN+1+3'QTY+21:10:PCE'QTY+113:1:CS'",
                "quantity-negative    | 4    | ON | LIN+1+3'QTY+21:10'QTY+113:-1'",
                "answer-contradictory | 4    | ON | LIN+1+7'QTY+21:10'QTY+113:10'",
                "answer-contradictory | 4    | ON | LIN+1+3'QTY+21:10'QTY+12:6'QTY+113:7'",
                "deliveries-differ    | 4    | ON | LIN+1+3'QTY+21:10'QTY+113:7'SCC+1'QTY+113:6'",
                "split-differs        | 4    | ON | LIN+1+3'QTY+21:10'QTY+113:7'LOC+7+L1'QTY+11:6'",
                "line-is-part         | 4    | ON | LIN+1+5++1:1'QTY+21:10'",
            })
    void whatPromisesNothingForCertainIsHeldWithASentence(String code, String function, String reference, String line) {
        Mapped mapped = MAPPING.map(set("231+R+" + function, reference, line == null ? "" : line), EUR);

        assertThat(mapped.problems()).extracting(MappingProblem::code).contains(code);
        assertThat(mapped.problems())
                .extracting(MappingProblem::sentence)
                .allSatisfy(
                        sentence -> assertThat(sentence).doesNotContain("null").endsWith("."));
    }

    private static PricedDocument response(String beginning, String line) {
        Mapped mapped = MAPPING.map(set(beginning, "ON", line), EUR);
        assertThat(mapped.problems()).extracting(MappingProblem::sentence).isEmpty();
        return (PricedDocument) mapped.content();
    }

    private static TransactionSet set(String beginning, String reference, String line) {
        String body =
                "BGM+" + beginning + "'DTM+137:20261122:102'RFF+" + reference + ":PO-1'" + priced(line) + "UNS+S'";
        long count = body.chars().filter(c -> c == '\'').count() + 2;
        String text = "UNB+UNOC:3+VALLE:ZZ+LONJA:ZZ+261122:0900+7'UNH+1+ORDRSP:D:96A:UN'%sUNT+%d+1'UNZ+1+7'"
                .formatted(body, count);
        List<TransactionSet> sets = SetText.sets(text.getBytes(StandardCharsets.US_ASCII));
        assertThat(sets).hasSize(1);
        assertThat(sets.get(0).verdict()).isInstanceOf(Verdict.Accepted.class);
        return sets.get(0);
    }

    /** The price stands before locations and deliveries. */
    private static String priced(String line) {
        if (line.isEmpty()) {
            return "";
        }
        int end = line.length();
        for (String later : List.of("LOC+", "SCC+")) {
            end = line.contains(later) ? Math.min(end, line.indexOf(later)) : end;
        }
        return line.substring(0, end) + "PRI+AAA:2'" + line.substring(end);
    }
}
