package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lonja.Shipped;
import io.lonja.document.DocumentType;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An 812 of X12: what is credited counts as a credit note, and a debit counts as nothing. */
class CreditAdjustmentTests {

    private static final Mapping MAPPING = Shipped.mapping();
    private static final String LINE = "CDD*11*C*1*7700***2*CA**UCP*38.5~LIN**VN*A-1~";

    @Test
    void aCreditIsACreditNote() {
        Mapped mapped = mapped("C", LINE);
        assertThat(mapped.problems()).isEmpty();
        PricedDocument credit = (PricedDocument) Objects.requireNonNull(mapped.content());
        assertThat(credit.type()).isEqualTo(DocumentType.CREDIT_NOTE);
        assertThat(credit.totals().payable()).hasToString("77.00 EUR");
        assertThat(credit.references()).containsOnlyKeys("invoice");
    }

    @Test
    void aDebitIsHeldBecauseItSellsNothing() {
        assertThat(mapped("D", LINE.replace("*C*", "*D*")).problems())
                .extracting(MappingProblem::code)
                .containsExactly("debit-not-booked");
    }

    @Test
    void aLineThatCountsTheOtherWayHoldsTheDocument() {
        assertThat(mapped("C", LINE.replace("*C*", "*D*")).problems())
                .extracting(MappingProblem::code)
                .contains("line-flag-differs");
    }

    @Test
    void whatIsCreditedOfEachUnitGoesBeforeItsPrice() {
        Mapped mapped = mapped("C", "CDD*01*C*1*7700***154*CA*0.5*CON*38~LIN**VN*A-1~");
        assertThat(mapped.problems()).isEmpty();
        assertThat(((PricedDocument) Objects.requireNonNull(mapped.content()))
                        .lines()
                        .get(0)
                        .unitPrice())
                .isEqualByComparingTo("0.5");
    }

    @Test
    void anAmountThatLinesDoNotComeToIsHeldWithBothFigures() {
        assertThat(mapped("C", LINE.replace("38.5", "40")).problems())
                .extracting(MappingProblem::code, MappingProblem::stated, MappingProblem::computed)
                .contains(tuple("line-net-differs", "77.00", "80.00"));
    }

    private static Mapped mapped(String flag, String lines) {
        return MAPPING.map(
                SetText.set("BCD*20260215*A-1*I*7700*" + flag + "*20260131*I1~CUR*SE*EUR~N1*SE*Olivares~" + lines),
                new MappingContext(null));
    }
}
