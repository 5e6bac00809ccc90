package io.lonja.edi;

import static io.lonja.edi.EdiFixture.codes;
import static io.lonja.edi.EdiFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One payload never costs more than its limits, and says which one it met. */
class PayloadLimitTests {

    private static final String ORDER =
            EdiFixture.sample("x12-004010-850", "single-line").strip();
    private static final String SET = ORDER.substring(ORDER.indexOf("ST*"), ORDER.indexOf("GE*"));
    private static final String HEAD = ORDER.substring(0, ORDER.indexOf("ST*"));
    private static final String TAIL = ORDER.substring(ORDER.indexOf("GE*"));

    @Test
    void readsAThousandInterchangesAndSaysWhereItStopped() {
        Reading reading = read(ORDER.repeat(Limits.PAYLOAD_INTERCHANGES_MAX + 2));
        assertThat(reading.interchanges()).hasSize(Limits.PAYLOAD_INTERCHANGES_MAX);
        assertThat(reading.interchanges()).noneMatch(Interchange::refused);
        assertThat(reading.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.TOO_MANY_INTERCHANGES);
            assertThat(error.fatal()).isTrue();
            assertThat(error.sentence()).contains("1000 interchanges");
            assertThat(error.bytes().from()).isEqualTo((long) ORDER.length() * Limits.PAYLOAD_INTERCHANGES_MAX);
        });
    }

    @Test
    void refusesTheInterchangeWithWhichThereAreTooManyTransactionSets() {
        String empty = "ST*850*0001~SE*2*0001~";
        Reading reading = read(HEAD + empty.repeat(Limits.PAYLOAD_TRANSACTION_SETS_MAX + 1) + TAIL + ORDER);
        assertThat(reading.interchanges()).hasSize(2).allMatch(Interchange::refused);
        assertThat(reading.interchanges().get(0).errors())
                .extracting(SyntaxError::sentence)
                .containsExactly(
                        "The interchange cannot be read on, because its payload has more than 50000 transaction sets; send it in several.");
        assertThat(reading.interchanges().get(0).noteCode()).isEqualTo("024");
    }

    @Test
    void refusesTheInterchangeWithWhichThereAreTooManyGroups() {
        String group = "GS*PO*A*B*20260114*0815*1*X*004010~GE*0*1~";
        String isa = ORDER.substring(0, ORDER.indexOf("GS*"));
        Reading reading = read(isa + group.repeat(Limits.PAYLOAD_GROUPS_MAX + 1));
        assertThat(codes(reading)).contains(ErrorCode.TOO_MANY_TRANSACTION_SETS);
        assertThat(EdiFixture.errors(reading))
                .hasSizeLessThan(Limits.PAYLOAD_ERRORS_MAX + 2 * Limits.PAYLOAD_GROUPS_MAX);
    }

    @Test
    void keepsOneErrorOfASetAndItsVerdictWhenThePayloadHasTooMany() {
        String faulty = SET.replace("SE*11", "ZZ1~ZZ2~ZZ3~ZZ4~ZZ5~SE*16");
        int sets = 4_000;
        Reading reading = read(HEAD + faulty.repeat(sets) + SET + TAIL);
        assertThat(EdiFixture.errors(reading)).hasSizeLessThan(Limits.PAYLOAD_ERRORS_MAX + 3 * sets);
        assertThat(reading.errors()).extracting(SyntaxError::code).containsExactly(ErrorCode.TOO_MANY_ERRORS);
        FunctionalGroup group = reading.interchanges().get(0).groups().get(0);
        TransactionSet last = group.transactionSets().get(sets - 1);
        assertThat(last.verdict()).isInstanceOf(Verdict.Refused.class);
        assertThat(last.verdict().errors()).hasSizeBetween(1, 3);
    }
}
