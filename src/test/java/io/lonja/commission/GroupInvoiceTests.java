package io.lonja.commission;

import static io.lonja.commission.TestHub.ACME;
import static io.lonja.commission.TestHub.BISTRO;
import static io.lonja.commission.TestHub.CANTINA;
import static io.lonja.commission.TestHub.NORDMAR;
import static io.lonja.consortium.Purchase.MERCADO;
import static io.lonja.consortium.Purchase.OIL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.account.AccountEvent;
import io.lonja.account.AccountHistory;
import io.lonja.account.Savings;
import io.lonja.archive.EntryId;
import io.lonja.archive.Outcome;
import io.lonja.archive.Sha256;
import io.lonja.consortium.GroupOrder;
import io.lonja.consortium.GroupShare;
import io.lonja.consortium.GroupShares;
import io.lonja.consortium.Purchase;
import io.lonja.document.OutgoingDocument;
import io.lonja.document.OutgoingDocuments;
import io.lonja.document.PricedDocument;
import io.lonja.partner.Agreement;
import io.lonja.partner.InterchangeNumbers;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.WireForm;
import io.lonja.party.PartyId;
import io.lonja.party.Role;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the supplier's invoice for a group order to each member's share, saving and commission. */
class GroupInvoiceTests {

    @TempDir
    private Path folder;

    private final TestHub hub = new TestHub();
    private final Purchase purchase = new Purchase(hub);
    private EntryId groupOrder;

    /** Acme, bistro and cantina buy 5, 4 and 3 cases of oil at 36.50. */
    @BeforeEach
    void buy() {
        hub.hasGuide();
        hub.agree(NORDMAR, "2.5", "35", "2026-01-01", null);
        groupOrder = purchase.opened(purchase.agreed(null));
        purchase.pledges(groupOrder, ACME, OIL, "5", null);
        purchase.pledges(groupOrder, BISTRO, OIL, "4", null);
        purchase.pledges(groupOrder, CANTINA, OIL, "3", null);
        purchase.deadlinePasses();
    }

    @AfterEach
    void shut() {
        hub.close();
    }

    @Test
    void theInvoiceBecomesEachMembersShareToTheCent() {
        hub.sends(MERCADO, NORDMAR, invoice().charge("10.00"));
        assertThat(shares()).containsExactly("acme 186.67 EUR", "bistro 149.33 EUR", "cantina 112.00 EUR");
        assertThat(purchase.groupOrder(groupOrder).state()).isEqualTo(GroupOrder.State.INVOICED);
        assertThat(hub.context.getBean(AccountHistory.class).events(BISTRO, Optional.empty(), 10))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.kind()).isEqualTo(AccountEvent.Kind.INVOICED);
                    assertThat(event.counterparty()).isEqualTo(MERCADO);
                    assertThat(event.amount()).hasToString("149.33 EUR");
                    assertThat(event.because().number()).isEqualTo("I-1");
                });
    }

    @Test
    void theInvoicesOwnDestinationsGoBeforeThoseOfTheOrder() {
        hub.sends(
                MERCADO,
                NORDMAR,
                Paper.invoice("I-1", "2026-12-07")
                        .naming("purchase-order", "GO" + groupOrder)
                        .line(
                                "1",
                                "supplier-item",
                                "N-OIL",
                                12,
                                "CA",
                                "36.50",
                                List.of(
                                        new PricedDocument.Split("assigned-by-buyer", "LOC-ACME", new BigDecimal(2)),
                                        new PricedDocument.Split("assigned-by-buyer", "LOC-BISTRO", new BigDecimal(9)),
                                        new PricedDocument.Split("assigned-by-buyer", "LOC-ACME", new BigDecimal(1)))));
        assertThat(shares()).containsExactly("acme 109.50 EUR", "bistro 328.50 EUR");
        hub.close(NORDMAR, "2026-12");
        // 35 % of 10.95 are 3.83, by 3 and 9 of 12 cases.
        assertThat(hub.balances())
                .containsEntry("member:acme:share-back-payable", "-0.96 EUR")
                .containsEntry("member:bistro:share-back-payable", "-2.87 EUR")
                .doesNotContainKey("member:cantina:share-back-payable");
    }

    @Test
    void aCreditTakesSharesBackInTheirProportionsWhicheverCameFirst() {
        Paper credit =
                Paper.credit("C-1", "2026-12-09").naming("invoice", "I-1").line("1", "N-OIL", 6, "36.50");
        hub.sends(MERCADO, NORDMAR, credit);
        assertThat(shares()).isEmpty();
        hub.sends(MERCADO, NORDMAR, invoice());
        assertThat(shares())
                .containsExactly(
                        "acme -91.25 EUR",
                        "bistro -73.00 EUR",
                        "cantina -54.75 EUR",
                        "acme 182.50 EUR",
                        "bistro 146.00 EUR",
                        "cantina 109.50 EUR");
    }

    @Test
    void commissionIsTheSuppliersAndItsShareBackTheMembers() {
        hub.sends(MERCADO, NORDMAR, invoice());
        hub.close(NORDMAR, "2026-12");
        // 2.5 % of 438.00 are 10.95, 35 % of them 3.83: by 182.50, 146.00 and 109.50.
        assertThat(hub.balances())
                .containsEntry("supplier:nordmar:commission-receivable", "10.95 EUR")
                .containsEntry("member:acme:share-back-payable", "-1.59 EUR")
                .containsEntry("member:bistro:share-back-payable", "-1.28 EUR")
                .containsEntry("member:cantina:share-back-payable", "-0.96 EUR")
                .doesNotContainKey("member:mercado:share-back-payable");
        hub.ledger()
                .trialBalance()
                .currencies()
                .forEach(line -> assertThat(line.difference().isZero()).isTrue());
    }

    @Test
    void theStatementTellsWhatEachMemberBoughtAndItsBundleProvesIt() throws IOException {
        hub.sends(MERCADO, NORDMAR, invoice().allowance("1.00"));
        hub.sends(ACME, NORDMAR, Paper.invoice("I-2", "2026-12-08").line("1", "N-OIL", 1, "40.00"));
        hub.sends(
                MERCADO,
                NORDMAR,
                Paper.credit("C-1", "2026-12-09").naming("invoice", "I-1").line("1", "N-OIL", 5, "36.50"));
        Outcome closed = hub.close(NORDMAR, "2026-12");
        JsonNode lines = CommissionCommands.tree(closed.body()).get("lines");
        assertThat(lines.get(0).at("/members/0/base/amount").asText()).isEqualTo("182.08");
        assertThat(lines.get(1).has("members")).isFalse();
        assertThat(lines.get(2).at("/members/2/base/amount").asText()).isEqualTo("-45.63");

        Path file = Files.write(folder.resolve("bundle.zip"), hub.bundle(NORDMAR));
        assertThat(BundleFiles.open(file).files())
                .containsKey("facts/%s.json"
                        .formatted(purchase.groupOrder(groupOrder).closedBy()));
        Verification verification = StatementVerifier.verify(
                file, null, null, Files.createTempDirectory(folder, "work"), StatementVerifierTests.JSON_WIRE);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.notProved()).anyMatch(sentence -> sentence.contains("GO" + groupOrder));
    }

    @Test
    void aBundleWithoutTheGroupOrderDoesNotHold() throws IOException {
        hub.sends(MERCADO, NORDMAR, invoice());
        hub.close(NORDMAR, "2026-12");
        Path file = Files.write(folder.resolve("bundle.zip"), hub.bundle(NORDMAR));
        var files = new java.util.TreeMap<>(BundleFiles.open(file).files());
        files.remove("facts/%s.json".formatted(purchase.groupOrder(groupOrder).closedBy()));
        try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : files.entrySet()) {
                zip.putNextEntry(new java.util.zip.ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        Verification verification = StatementVerifier.verify(
                file, null, null, Files.createTempDirectory(folder, "work"), StatementVerifierTests.JSON_WIRE);
        assertThat(verification.findings()).anyMatch(finding -> finding.startsWith("The statement is not what"));
    }

    @Test
    void aMemberSavesAgainstItsOwnLastPriceAndSeesWhichInvoiceSaysSo() {
        hub.sends(ACME, NORDMAR, Paper.invoice("OLD-2", "2026-11-20").line("1", "N-OIL", 24, "3.75"));
        hub.sends(ACME, NORDMAR, Paper.invoice("OLD-1", "2026-10-20").line("1", "N-OIL", 12, "2.00"));
        hub.sends(MERCADO, NORDMAR, invoice());
        // 5 cases of 12 bottles at 3.75 were 225.00.
        assertThat(saving(ACME)).hasValueSatisfying(saving -> {
            assertThat(saving.amount()).hasToString("42.50 EUR");
            assertThat(saving.before().because().number()).isEqualTo("OLD-2");
        });
        assertThat(saving(BISTRO)).isEmpty();
    }

    @Test
    void aShareOfTheSameDayIsNoFormerPriceOfItself() {
        hub.sends(ACME, NORDMAR, Paper.invoice("OLD-2", "2026-11-20").line("1", "N-OIL", 24, "3.75"));
        hub.sends(
                MERCADO,
                NORDMAR,
                Paper.invoice("I-1", "2026-12-05")
                        .naming("purchase-order", "GO" + groupOrder)
                        .line("1", "N-OIL", 12, "36.50"));
        assertThat(saving(ACME))
                .hasValueSatisfying(
                        saving -> assertThat(saving.before().because().number()).isEqualTo("OLD-2"));
        assertThat(saving(BISTRO)).isEmpty();
    }

    @Test
    void aMemberWhoseProfileTakesInvoicesIsInvoicedForItsShare() {
        hub.profiles.put(ACME, member(ACME));
        hub.sends(MERCADO, NORDMAR, invoice().charge("10.00"));
        List<String> due = hub.context.getBean(OutgoingDocuments.class).due(any -> true, 10).stream()
                .map(OutgoingDocuments.Due::id)
                .toList();
        assertThat(due).hasSize(2).contains("group-order-" + groupOrder);
        OutgoingDocument issued = hub.context
                .getBean(OutgoingDocuments.class)
                .find(due.stream()
                        .filter(id -> id.startsWith("group-share-"))
                        .findFirst()
                        .orElseThrow())
                .orElseThrow();
        assertThat(issued.from()).isEqualTo(MERCADO);
        assertThat(issued.to()).isEqualTo(ACME);
        PricedDocument content = (PricedDocument) issued.content();
        assertThat(content.lines().get(0).net()).hasToString("182.50 EUR");
        assertThat(content.adjustments().get(0).signed()).hasToString("4.17 EUR");
        assertThat(content.totals().payable()).hasToString("186.67 EUR");
    }

    @Test
    void anInvoiceToTheOperatorThatNamesNoGroupOrderIsAnAlarm() {
        hub.sends(MERCADO, NORDMAR, Paper.invoice("I-9", "2026-12-07").line("1", "N-OIL", 12, "36.50"));
        assertThat(shares()).isEmpty();
        assertThat(hub.count("alarm WHERE open_cause LIKE 'group-invoice-unmatched:%'"))
                .isEqualTo(1);
    }

    @Test
    void aRebuildEndsInTheSameBooks() {
        hub.sends(MERCADO, NORDMAR, invoice().charge("10.00"));
        hub.close(NORDMAR, "2026-12");
        Sha256 hash = hub.ledger().trialBalance().hash();
        List<String> shares = shares();
        hub.rebuild();
        assertThat(hub.ledger().trialBalance().hash()).isEqualTo(hash);
        assertThat(shares()).isEqualTo(shares);
    }

    private Paper invoice() {
        return Paper.invoice("I-1", "2026-12-07")
                .naming("purchase-order", "GO" + groupOrder)
                .line("1", "supplier-item", "N-OIL", 12, "CA", "36.50", List.of());
    }

    private List<GroupShare> booked() {
        return hub.context.getBean(GroupShares.class).of(groupOrder, Optional.empty());
    }

    private List<String> shares() {
        return booked().stream()
                .map(share -> "%s %s"
                        .formatted(
                                share.member(),
                                share.because().type().wireName().equals("invoice")
                                        ? share.payable()
                                        : share.payable().negated()))
                .toList();
    }

    private Optional<Savings.Saving> saving(PartyId member) {
        GroupShare share = booked().stream()
                .filter(each -> each.member().equals(member))
                .findFirst()
                .orElseThrow();
        return hub.context
                .getBean(Savings.class)
                .of(purchase.groupOrder(groupOrder), share, share.lines().get(0));
    }

    private static TradingPartner member(PartyId id) {
        return new TradingPartner(
                id,
                id.value(),
                Set.of(Role.MEMBER),
                Set.of(),
                List.of(new Agreement(
                        "invoice",
                        Agreement.Direction.OUTBOUND,
                        "x12-004010-810",
                        Agreement.AcknowledgmentPolicy.ALWAYS,
                        null,
                        null,
                        false,
                        false,
                        false)),
                Currency.getInstance("EUR"),
                TradingPartner.DuplicatePolicy.SILENCE,
                false,
                false,
                InterchangeNumbers.ANY,
                WireForm.USUAL,
                null,
                "test");
    }
}
