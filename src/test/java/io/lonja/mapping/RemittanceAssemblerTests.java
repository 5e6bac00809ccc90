package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Shipped;
import io.lonja.document.MappingProblem;
import io.lonja.document.RemittanceAdvice;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemittanceAssemblerTests {

    private static final Mapping MAPPING = Shipped.mapping();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100 | RMR*IV*I1**100 | ''",
                "100 | RMR*IV*I1**60~RMR*IV*I2**40 | ''",
                "80 | RMR*IV*I1**100~RMR*CM*C1**-20 | ''",
                "80 | RMR*IV*I1**100~RMR*CM*C1**20 | ''",
                "90 | ADX*-10*54~RMR*IV*I1**100 | ''",
                "90 | RMR*IV*I1**90*100~ADX*-10*04 | ''",
                "100.01 | RMR*IV*I1**100 | total-differs 100.01 100.00",
                "120 | RMR*IV*I1**100~RMR*CM*C1**20 | total-differs 120.00 80.00",
                "80 | RMR*IV*I1**90*100~ADX*-10*04 | total-differs 80.00 90.00",
                "100 | RMR*IV*I1***100 | paid-missing null null",
                "100.001 | RMR*IV*I1**100 | amount-too-fine null null",
                "99999999999999999 | RMR*IV*I1**100 | amount-too-large null null"
            })
    void aPaymentAddsUpOrIsHeldWithBothFigures(String amount, String items, String expected) {
        assertThat(problems(set("BPR*I*" + amount + "*C*ACH************20260302~", items)))
                .startsWith(expected.isEmpty() ? new String[0] : new String[] {expected})
                .hasSizeLessThanOrEqualTo(expected.isEmpty() ? 0 : 2);
    }

    @Test
    void aDebitIsHeld() {
        assertThat(problems(set("BPR*I*100*D*ACH************20260302~", "RMR*IV*I1**100")))
                .containsExactly("payment-debit null null");
    }

    @Test
    void theDayOfValueStandsForADateThatIsNotSaid() {
        RemittanceAdvice advice = (RemittanceAdvice) Objects.requireNonNull(
                MAPPING.map(set("BPR*I*100*C*ACH************20260302~", "RMR*IV*I1**100"), new MappingContext(null))
                        .content());
        assertThat(advice.date()).isEqualTo(advice.dates().get("value")).hasToString("2026-03-02");
        assertThat(problems(set("BPR*I*100*C*ACH~", "RMR*IV*I1**100"))).containsExactly("date-missing null null");
    }

    private static TransactionSet set(String beginning, String items) {
        return SetText.set(beginning + "TRN*1*P1~CUR*PR*EUR~N1*PR*Posada~ENT*1~" + items + "~");
    }

    private static List<String> problems(TransactionSet set) {
        assertThat(set.verdict()).isNotInstanceOf(Verdict.Refused.class);
        return MAPPING.map(set, new MappingContext(null)).problems().stream()
                .map(RemittanceAssemblerTests::said)
                .toList();
    }

    private static String said(MappingProblem problem) {
        return "%s %s %s".formatted(problem.code(), problem.stated(), problem.computed());
    }
}
