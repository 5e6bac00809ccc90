package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Shipped;
import io.lonja.document.Change;
import io.lonja.document.DocumentType;
import io.lonja.document.LineChange;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import io.lonja.edi.SyntaxError;
import io.lonja.edi.TransactionSet;
import java.util.Currency;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What buyers' 860 say becomes of an order and of its lines. */
class LineChangesTests {

    private static final Mapping MAPPING = Shipped.mapping();
    private static final MappingContext EUR = new MappingContext(Currency.getInstance("EUR"));
    private static final String HEAD = "BCH*04*SA*PO-1**1*20261101*****20261105~";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POC*1*CA*12**CA*2.50**VN*A~      | changed 12 CA at 2.50 is 30.00",
                "POC*1*AI*12**CA*2.50**VN*A~      | added 12 CA at 2.50 is 30.00",
                "POC*1*NC*12**CA*2.50**VN*A~      | unchanged 12 CA at 2.50 is 30.00",
                "POC*1*PQ*12*7*CA*2.50**VN*A~     | changed 12 CA at 2.50 is 30.00, 7 left",
                "POC*1*CA*12**CA***VN*A~          | changed 12 CA at kept is 0.00",
                "POC*1*PC****2.50**VN*A~          | changed kept at 2.50 is 0.00",
                "POC*1*CT******VN*A~              | changed kept at kept is 0.00",
                "POC*1*CT***CA***VN*A~            | changed kept at kept is 0.00",
                "POC*1*QI*3**CA***VN*A~           | increased 3 CA at kept is 0.00",
                "POC*1*QD*3*9*CA*2.50**VN*A~      | decreased 3 CA at 2.50 is 0.00, 9 left",
                "POC*1*DI******VN*A~              | deleted 0 at kept is 0.00",
                "POC*1*DI*12**CA*2.50**VN*A~      | deleted 0 CA at 2.50 is 0.00",
            })
    void aLineSaysWhatIsOrderedAfterTheChangeAndWhatItLeavesOutIsKept(String line, String said) {
        Mapped mapped = map(HEAD + line);
        assertThat(mapped.problems()).extracting(MappingProblem::sentence).isEmpty();
        assertThat(told((PricedDocument) Objects.requireNonNull(mapped.content())))
                .isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POC*1*RE*12**CA*2.50**VN*A~              | change-unknown",
                "POC*1*AI*12**CA***VN*A~                  | price-missing",
                "POC*1*QI******VN*A~                      | quantity-missing",
                "POC*1*CA****2.50**VN*A~SDQ*CA*92*LU*3~   | quantity-missing",
                "POC*1*CA*12**CA*2.50**VN*A~SDQ*CA*92*LU*3~ | split-differs",
            })
    void whatItDoesNotSayClearlyHoldsTheChange(String line, String problem) {
        assertThat(map(HEAD + line).problems()).extracting(MappingProblem::code).contains(problem);
    }

    @Test
    void theHeadSaysWhatBecomesOfTheOrder() {
        PricedDocument cancelled = document("BCH*01*SA*PO-1***20261101*****20261105~");
        assertThat(cancelled.type()).isEqualTo(DocumentType.ORDER_CHANGE);
        assertThat(cancelled.change()).isEqualTo(Change.CANCELLED);
        assertThat(cancelled.number())
                .as("that of the order, where it has none")
                .isEqualTo("PO-1");
        assertThat(cancelled.within()).containsExactly("PO-1");
        assertThat(document("BCH*05*SA*PO-1**2*20261101~POC*1*CA*1**EA*1**VN*A~")
                        .change())
                .isEqualTo(Change.REPLACED);
        assertThat(document("BCH*04*SA*PO-1***20261101*PO-1-CHANGE-7~").number())
                .isEqualTo("PO-1-CHANGE-7");
        assertThat(map("BCH*05*SA*PO-1**2*20261101~").problems())
                .extracting(MappingProblem::code)
                .containsExactly("lines-missing");
        assertThat(map("BCH*22*SA*PO-1**2*20261101~").problems())
                .extracting(MappingProblem::code)
                .containsExactly("purpose-unknown");
        assertThat(map("BCH*04*SA*PO-1**2*20261101~REF*PO*PO-2~").problems())
                .extracting(MappingProblem::code)
                .containsExactly("order-missing");
    }

    private static PricedDocument document(String segments) {
        Mapped mapped = map(segments);
        assertThat(mapped.problems()).extracting(MappingProblem::sentence).isEmpty();
        return (PricedDocument) Objects.requireNonNull(mapped.content());
    }

    private static Mapped map(String segments) {
        TransactionSet set = SetText.set(segments);
        assertThat(set.verdict().errors()).extracting(SyntaxError::sentence).isEmpty();
        return MAPPING.map(set, EUR);
    }

    private static String told(PricedDocument document) {
        return document.lines().stream()
                .map(line -> {
                    LineChange change = Objects.requireNonNull(line.change());
                    return "%s %s at %s is %s%s"
                            .formatted(
                                    change.action().wireName(),
                                    change.quantityKept()
                                            ? "kept"
                                            : (line.quantity().value().toPlainString() + " "
                                                            + line.quantity().unit())
                                                    .strip(),
                                    change.priceKept() ? "kept" : line.unitPrice(),
                                    line.net().amount(),
                                    change.left() == null ? "" : ", " + change.left() + " left");
                })
                .collect(Collectors.joining("; "));
    }
}
