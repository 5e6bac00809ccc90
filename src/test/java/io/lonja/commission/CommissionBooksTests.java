package io.lonja.commission;

import static io.lonja.commission.TestHub.ACME;
import static io.lonja.commission.TestHub.BISTRO;
import static io.lonja.commission.TestHub.NORDMAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.archive.Command;
import io.lonja.archive.EntryType;
import io.lonja.archive.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommissionBooksTests {

    private static final String RECEIVABLE = "supplier:nordmar:commission-receivable";
    private static final String EARNED = "operator:commission-earned";

    private static TestHub hub;

    @BeforeAll
    static void open() {
        hub = new TestHub();
    }

    @AfterAll
    static void shut() {
        hub.close();
    }

    @BeforeEach
    void startOver() {
        hub.startOver();
    }

    @Test
    void anInvoiceEarnsTheAgreedPercentageOfEachLineRoundedHalfUp() {
        hub.agree(NORDMAR, "2.5", "30", "2026-01-01", null);
        hub.sends(
                ACME,
                NORDMAR,
                Paper.invoice("4711", "2026-11-02").line("1", "A", 10, "12.50").line("2", "B", 1, "0.20"));

        assertThat(hub.ledger().entries(Optional.empty(), Optional.empty(), 10))
                .extracting(entry -> entry.line() + " " + entry.posting().amount())
                .containsExactly("2 0.01 EUR", "1 3.13 EUR");
        assertThat(hub.balances()).containsEntry(RECEIVABLE, "3.14 EUR").containsEntry(EARNED, "-3.14 EUR");
        assertThat(hub.ledger().trialBalance().currencies())
                .allSatisfy(line -> assertThat(line.difference().isZero()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2026-11", "+12026-11", "2026-13", "2026-1", "November"})
    void aPeriodThatTheBooksCannotHoldIsAnsweredAndTheLaneGoesOn(String period) {
        assertThat(decided(CommissionDecisions.STATEMENT, "{'period':'%s','supplier':'nordmar'}".formatted(period)))
                .contains("A period is a month like 2026-11, not %s.".formatted(period));
        assertThat(hub.agree(NORDMAR, "2", "0", "2026-01-01", null).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2026-11-01", "+12026-11-01", "0000-11-01"})
    void anAgreementOfAYearThatTheBooksCannotHoldIsAnsweredAndTheLaneGoesOn(String from) {
        assertThat(decided(
                        CommissionDecisions.AGREEMENT,
                        "{'rate':'2','shareBack':'0','supplier':'nordmar','validFrom':'%s'}".formatted(from)))
                .contains("validFrom is a date of the years 0001 to 9999");
        assertThat(hub.agree(NORDMAR, "2", "0", "2026-01-01", null).status()).isEqualTo(201);
    }

    private static String decided(EntryType type, String json) {
        Outcome outcome = hub.execute(
                new Command(type, "operator", null, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        assertThat(outcome.status()).isEqualTo(422);
        return new String(outcome.body(), StandardCharsets.UTF_8);
    }

    @Test
    void whoMayNotReadAnAgreementLearnsOnlyWhichItWas() {
        hub.agree(NORDMAR, "2", "50", "2026-01-01", null);
        hub.sends(ACME, NORDMAR, Paper.invoice("4711", "2026-11-02").line("1", "A", 100, "10.00"));
        hub.close(NORDMAR, "2026-11");
        JournalEntryId share = hub.ledger()
                .entries(Optional.of(ACME), Optional.empty(), 1)
                .get(0)
                .id();
        Provenance provenance = hub.context.getBean(Provenance.class);

        assertThat(provenance.of(share, ACME::equals).orElseThrow().get("rule"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("id", "rule");
        assertThat(provenance.of(share, NORDMAR::equals).orElseThrow().get("rule"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("rate", "2");
    }

    @Test
    void everyEntryLeadsToItsLinesBytesAndToTheRuleThatMadeIt() {
        hub.agree(NORDMAR, "2", "0", "2026-01-01", null);
        hub.sends(
                ACME,
                NORDMAR,
                Paper.invoice("4711", "2026-11-02").line("1", "A", 1, "10").line("2", "B", 1, "10"));

        JournalEntry second =
                hub.ledger().entries(Optional.empty(), Optional.empty(), 1).get(0);
        assertThat(second.id()).hasToString("3-0-1");
        assertThat(second.because().at().entry().sequence()).isEqualTo(2);
        assertThat(second.because().at().bytes().from()).isEqualTo(400);
        assertThat(second.because().number()).isEqualTo("4711");
        assertThat(second.agreement().agreement().sequence()).isEqualTo(1);
        assertThat(second.agreement().digest())
                .isEqualTo(
                        TestHub.terms(NORDMAR, "2.0", "0", "2026-01-01", null).digest());
    }

    @Test
    void allowancesOfTheDocumentLowerTheBaseAndChargesDoNotRaiseIt() {
        hub.agree(NORDMAR, "10", "0", "2026-01-01", null);
        hub.sends(
                ACME,
                NORDMAR,
                Paper.invoice("4711", "2026-11-02")
                        .line("1", "A", 1, "10.00")
                        .line("2", "B", 1, "20.00")
                        .allowance("1.00")
                        .charge("50.00"));

        assertThat(hub.ledger().entries(Optional.empty(), Optional.empty(), 10))
                .extracting(entry -> entry.base().toString())
                .containsExactly("19.33 EUR", "9.67 EUR");
    }

    @Test
    void aCreditTakesBackAtTheRateOfTheInvoiceItNames() {
        hub.agree(NORDMAR, "2", "0", "2026-10-01", "2026-10-31");
        hub.agree(NORDMAR, "5", "0", "2026-11-01", null);
        hub.sends(ACME, NORDMAR, Paper.invoice("4711", "2026-10-30").line("1", "A", 100, "10.00"));
        hub.sends(
                ACME,
                NORDMAR,
                Paper.credit("G1", "2026-11-05").naming("invoice", "4711").line("1", "A", 50, "10.00"));

        assertThat(hub.balances()).containsEntry(RECEIVABLE, "10.00 EUR");
    }

    @Test
    void creditsInPartsTakeBackExactlyWhatWasEarnedAndNothingMore() {
        hub.agree(NORDMAR, "2.5", "0", "2026-01-01", null);
        hub.sends(ACME, NORDMAR, Paper.invoice("4711", "2026-11-02").line("1", "A", 3, "0.33"));
        for (int part = 1; part <= 3; part++) {
            hub.sends(
                    ACME,
                    NORDMAR,
                    Paper.credit("G" + part, "2026-11-0" + (part + 2))
                            .naming("invoice", "4711")
                            .line("1", "A", 1, "0.33"));
        }
        assertThat(hub.balances()).isEmpty();

        hub.sends(
                ACME,
                NORDMAR,
                Paper.credit("G4", "2026-11-09").naming("invoice", "4711").line("1", "A", 1, "0.33"));
        assertThat(hub.balances()).containsOnlyKeys("suspense:unmatched-credit", "supplier:nordmar:unmatched-credit");
        assertThat(hub.statements().unmatchedCredits(Optional.of(NORDMAR)))
                .extracting(credit -> credit.value().toString())
                .containsExactly("0.33 EUR");
    }

    @Test
    void aCreditThatCameBeforeItsInvoiceWaitsInSuspenseAndResolvesItself() {
        hub.agree(NORDMAR, "2", "0", "2026-01-01", null);
        hub.sends(
                ACME,
                NORDMAR,
                Paper.credit("G1", "2026-11-05").naming("invoice", "4711").line("1", "A", 50, "10.00"));
        assertThat(hub.statements().unmatchedCredits(Optional.empty())).hasSize(1);
        assertThat(hub.balances()).doesNotContainKey(RECEIVABLE);

        hub.sends(ACME, NORDMAR, Paper.invoice("4711", "2026-11-02").line("1", "A", 100, "10.00"));
        assertThat(hub.statements().unmatchedCredits(Optional.empty())).isEmpty();
        assertThat(hub.balances()).containsOnlyKeys(RECEIVABLE, EARNED).containsEntry(RECEIVABLE, "10.00 EUR");
    }

    @Test
    void aCreditOfAnotherMemberOrCurrencyMatchesNothing() {
        hub.agree(NORDMAR, "2", "0", "2026-01-01", null);
        hub.sends(ACME, NORDMAR, Paper.invoice("4711", "2026-11-02", "USD").line("1", "A", 100, "10.00"));
        hub.sends(
                ACME,
                NORDMAR,
                Paper.credit("G1", "2026-11-05").naming("invoice", "4711").line("1", "A", 50, "10.00"));
        hub.sends(
                BISTRO,
                NORDMAR,
                Paper.credit("G2", "2026-11-05").naming("invoice", "4711").line("1", "A", 50, "10.00"));

        assertThat(hub.statements().unmatchedCredits(Optional.of(NORDMAR))).hasSize(2);
        assertThat(hub.balances()).containsEntry(RECEIVABLE, "20.00 USD");
    }

    @Test
    void anInvoiceBeforeItsAgreementEarnsNothingUntilTheAgreementIsMade() {
        hub.sends(ACME, NORDMAR, Paper.invoice("4711", "2026-11-02").line("1", "A", 100, "10.00"));
        hub.sends(
                ACME,
                NORDMAR,
                Paper.credit("G1", "2026-11-05").naming("invoice", "4711").line("1", "A", 10, "10.00"));
        assertThat(hub.balances()).isEmpty();

        hub.agree(NORDMAR, "2", "0", "2026-11-01", null);
        assertThat(hub.balances()).containsEntry(RECEIVABLE, "18.00 EUR");
    }

    @Test
    void agreementsOfOneSupplierDoNotOverlap() {
        hub.agree(NORDMAR, "2", "0", "2026-01-01", null);
        Outcome refused = hub.agree(NORDMAR, "1", "0", "2026-06-01", "2026-06-30");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("choose a validity outside of it");
    }

    @Test
    void aRateAboveThreePercentNeedsAReason() {
        assertThatThrownBy(() -> new CommissionTerms(
                        NORDMAR,
                        new java.math.BigDecimal("3.01"),
                        java.math.BigDecimal.ZERO,
                        java.time.LocalDate.parse("2026-01-01"),
                        null,
                        null))
                .hasMessageContaining("needs a reason");
    }

    @Test
    void aClosedPeriodIsStatedOnceAndWhatComesLaterStandsInTheNext() {
        hub.agree(NORDMAR, "2", "35", "2026-01-01", null);
        hub.sends(ACME, NORDMAR, Paper.invoice("4711", "2026-10-02").line("1", "A", 100, "10.00"));
        hub.sends(BISTRO, NORDMAR, Paper.invoice("4712", "2026-10-03").line("1", "A", 50, "10.00"));

        Outcome october = hub.close(NORDMAR, "2026-10");
        assertThat(october.status()).isEqualTo(201);
        assertThat(hub.balances())
                .containsEntry(RECEIVABLE, "30.00 EUR")
                .containsEntry("member:acme:share-back-payable", "-7.00 EUR")
                .containsEntry("member:bistro:share-back-payable", "-3.50 EUR")
                .containsEntry(EARNED, "-19.50 EUR");
        assertThat(hub.close(NORDMAR, "2026-10").status()).isEqualTo(409);

        hub.sends(
                ACME,
                NORDMAR,
                Paper.credit("G1", "2026-10-20").naming("invoice", "4711").line("1", "A", 100, "10.00"));
        Outcome november = hub.close(NORDMAR, "2026-11");
        assertThat(new String(november.body(), StandardCharsets.UTF_8))
                .contains("\"date\":\"2026-10-20\"", "\"due\":{\"amount\":\"-20.00\",\"currency\":\"EUR\"}");
        assertThat(hub.balances())
                .doesNotContainKey("member:acme:share-back-payable")
                .containsEntry("member:bistro:share-back-payable", "-3.50 EUR");
        assertThat(hub.close(NORDMAR, "2027-01").status()).isEqualTo(409);
    }
}
