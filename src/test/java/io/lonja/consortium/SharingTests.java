package io.lonja.consortium;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.EntryId;
import io.lonja.catalogue.ItemId;
import io.lonja.commission.Paper;
import io.lonja.document.Answer;
import io.lonja.document.LineAnswer;
import io.lonja.document.PricedDocument;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SharingTests {

    private static final int CASES = 2_000;
    private static final PartyId MERCADO = new PartyId("mercado");
    private static final PartyId NORDMAR = new PartyId("nordmar");

    @Test
    void aLineIsSharedByTheSplitOfTheOrder() {
        Sharing sharing = Sharing.of(
                invoice().line("1", "N-OIL", 12, "36.50").written(), order(line("oil", "N-OIL", 12, 5, 4, 3)));
        assertThat(said(sharing)).containsExactly("m1 5 182.50 EUR", "m2 4 146.00 EUR", "m3 3 109.50 EUR");
    }

    @Test
    void theSplitThatTheInvoiceStatesGoesBeforeThatOfTheOrder() {
        List<PricedDocument.Split> stated = List.of(
                new PricedDocument.Split("assigned-by-buyer", "L1", new BigDecimal("2")),
                new PricedDocument.Split("assigned-by-buyer", "L3", new BigDecimal("10")));
        Sharing sharing = Sharing.of(
                invoice()
                        .line("1", "supplier-item", "N-OIL", 12, "CA", "36.50", stated)
                        .written(),
                order(line("oil", "N-OIL", 12, 5, 4, 3)));
        assertThat(said(sharing)).containsExactly("m1 2 73.00 EUR", "m3 10 365.00 EUR");
    }

    @Test
    void aLocationThatIsNoMembersLeavesTheSplitOfTheOrder() {
        List<PricedDocument.Split> stated =
                List.of(new PricedDocument.Split("assigned-by-buyer", "ELSEWHERE", new BigDecimal("12")));
        Sharing sharing = Sharing.of(
                invoice()
                        .line("1", "supplier-item", "N-OIL", 12, "CA", "36.50", stated)
                        .written(),
                order(line("oil", "N-OIL", 12, 5, 4, 3)));
        assertThat(said(sharing)).containsExactly("m1 5 182.50 EUR", "m2 4 146.00 EUR", "m3 3 109.50 EUR");
    }

    @Test
    void whatComesInPartIsSharedInWholePacksByLargestRemainder() {
        Sharing sharing = Sharing.of(
                invoice().line("1", "N-OIL", 7, "10.00").written(), order(line("oil", "N-OIL", 12, 5, 4, 3)));
        assertThat(said(sharing)).containsExactly("m1 3 30.00 EUR", "m2 2 20.00 EUR", "m3 2 20.00 EUR");
    }

    @Test
    void aLineThatFitsNoOrderedOneFollowsWhatWasOrdered() {
        Sharing sharing = Sharing.of(
                invoice().line("1", "FREIGHT", 1, "12.00").written(), order(line("oil", "N-OIL", 12, 5, 4, 3)));
        assertThat(sharing.shares())
                .extracting(share -> share.member() + " " + share.net())
                .containsExactly("m1 5.00 EUR", "m2 4.00 EUR", "m3 3.00 EUR");
    }

    @Test
    void aCreditTakesBackInTheProportionsOfTheInvoicedLine() {
        Sharing invoiced = Sharing.of(
                invoice().line("1", "N-OIL", 12, "36.50").written(), order(line("oil", "N-OIL", 12, 6, 4, 2)));
        Sharing credited = invoiced.takenBackBy(
                Paper.credit("C1", "2026-12-08").line("1", "N-OIL", 6, "36.50").written());
        assertThat(said(credited)).containsExactly("m1 3 109.50 EUR", "m2 2 73.00 EUR", "m3 1 36.50 EUR");
    }

    /** Any lines, splits, allowances and charges: nothing is lost and nothing is made. */
    @Test
    void thePartsAlwaysAddUpToTheDocument() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            List<CommittedOrder.Line> lines = new ArrayList<>();
            Paper invoice = invoice();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                int[] parts = random.ints(1 + random.nextInt(5), 1, 30).toArray();
                CommittedOrder.Line line = line(
                        "item" + i,
                        "N-" + i,
                        java.util.stream.IntStream.of(parts).sum(),
                        parts);
                lines.add(line);
                invoice.line(
                        "" + i,
                        random.nextInt(6) == 0 ? "OTHER" : "N-" + i,
                        random.nextInt(3) == 0 ? 1 + random.nextInt(50) : (int) line.quantity(),
                        "%d.%03d".formatted(random.nextInt(30), random.nextInt(999)));
            }
            if (random.nextBoolean()) {
                invoice.allowance("0.%02d".formatted(1 + random.nextInt(90)));
            }
            if (random.nextBoolean()) {
                invoice.charge("7.%02d".formatted(random.nextInt(99)));
            }
            PricedDocument document = invoice.written();
            CommittedOrder order = order(lines.toArray(CommittedOrder.Line[]::new));
            Sharing sharing = Sharing.of(document, order);
            assertAddsUp(seed, document, sharing);
            PricedDocument credit = Paper.credit("C", "2026-12-08")
                    .line("0", "N-0", 1 + random.nextInt(9), "3.337")
                    .line("77", "NONE", 2, "0.01")
                    .written();
            assertAddsUp(seed, credit, sharing.takenBackBy(credit));
        }
    }

    /** Of 21 % of 120.00 and 4 % of 30.00, who bought nothing at 4 % bears nothing of that. */
    @Test
    void aTaxIsSharedByWhatWasBoughtAtItsRate() {
        PricedDocument invoice = taxed(invoice()
                .line("1", "N-OIL", 12, "10.00")
                .line("2", "N-BREAD", 30, "1.00")
                .written());
        List<Sharing.Share> shares = Sharing.of(
                        invoice, order(line("oil", "N-OIL", 12, 6, 6), line("bread", "N-BREAD", 30, 0, 30)))
                .shares();
        assertThat(shares)
                .extracting(share -> share.member() + " " + said(share))
                .containsExactly("m1 VA 21: 12.60 EUR", "m2 VA 21: 12.60 EUR, VA 4: 1.20 EUR");
    }

    private static String said(Sharing.Share share) {
        return share.taxes().entrySet().stream()
                .map(tax -> "%s %s: %s"
                        .formatted(tax.getKey().category(), tax.getKey().rate(), tax.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static PricedDocument taxed(PricedDocument invoice) {
        String json = new String(CanonicalJson.of(invoice), StandardCharsets.UTF_8)
                .replaceFirst(
                        "\"references\":\\{}",
                        "\"rates\":[{\"category\":\"VA\",\"rate\":\"21.00\"}],\"references\":{ }")
                .replaceFirst(
                        "\"references\":\\{}", "\"rates\":[{\"category\":\"VA\",\"rate\":\"4\"}],\"references\":{ }")
                .replace(
                        "\"taxes\":[],\"terms\"",
                        "\"taxes\":[%s,%s],\"terms\"".formatted(tax("21", "25.20"), tax("4", "1.20")))
                .replace("\"payable\":{\"amount\":\"150.00\"", "\"payable\":{\"amount\":\"176.40\"")
                .replace("\"tax\":{\"amount\":\"0.00\"", "\"tax\":{\"amount\":\"26.40\"");
        return CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), PricedDocument.class);
    }

    private static String tax(String rate, String amount) {
        return "{\"amount\":{\"amount\":\"%s\",\"currency\":\"EUR\"},\"category\":\"VA\",\"rate\":\"%s\",\"wire\":{\"from\":0,\"to\":0}}"
                .formatted(amount, rate);
    }

    /** 0070: whoever says no price confirms the ordered one. */
    @Test
    void aResponseWithoutAPriceConfirmsTheOrderedOne() {
        PricedDocument response = Paper.response("R1", "2026-12-06", Answer.ACCEPTED_WITH_CHANGES)
                .naming("purchase-order", "GO7")
                .answered("1", "N-OIL", 12, "0", List.of(), Paper.part(LineAnswer.Status.ACCEPTED, 12, ""))
                .written();
        String json = new String(CanonicalJson.of(response), StandardCharsets.UTF_8)
                .replace("\"answer\":{\"ordered\"", "\"answer\":{\"priceKept\":true,\"ordered\"");
        PricedDocument silent = CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), PricedDocument.class);
        CommittedOrder order = order(line("oil", "N-OIL", 12, 5, 4, 3));
        Confirmation confirmation = Confirmation.of(silent, order);
        assertThat(confirmation.lines().get(0).price()).isEqualByComparingTo("36.50");
        assertThat(Deviations.of(confirmation, order)).isEmpty();
        assertThat(Deviations.of(Confirmation.of(response, order), order)).hasSize(1);
    }

    private static void assertAddsUp(int seed, PricedDocument document, Sharing sharing) {
        List<Sharing.Share> shares = sharing.shares();
        Money zero = Money.zero(document.currency());
        assertThat(shares.stream().map(Sharing.Share::payable).reduce(zero, Money::plus))
                .as("seed %d", seed)
                .isEqualTo(document.totals().payable());
        for (int i = 0; i < document.lines().size(); i++) {
            int line = i;
            List<Sharing.SharedLine> parts = shares.stream()
                    .flatMap(share -> share.lines().stream())
                    .filter(part -> part.line() == line)
                    .toList();
            assertThat(parts.stream().map(Sharing.SharedLine::net).reduce(zero, Money::plus))
                    .isEqualTo(document.lines().get(i).net());
            assertThat(parts.stream().map(Sharing.SharedLine::quantity).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(document.lines().get(i).quantity().value());
        }
    }

    private static Paper invoice() {
        return Paper.invoice("I1", "2026-12-07").naming("purchase-order", "GO7");
    }

    private static CommittedOrder.Line line(String item, String code, long quantity, int... parts) {
        List<CommittedOrder.Part> all = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            all.add(new CommittedOrder.Part(new PartyId("m" + (i + 1)), "assigned-by-buyer", "L" + (i + 1), parts[i]));
        }
        return new CommittedOrder.Line(
                "1", new ItemId(item), item, code, null, "CA", BigDecimal.TEN, quantity, new BigDecimal("36.50"), all);
    }

    private static CommittedOrder order(CommittedOrder.Line... lines) {
        return new CommittedOrder(
                new EntryId(7),
                "GO7",
                new ConsortiumId("food"),
                "Food",
                MERCADO,
                NORDMAR,
                Currency.getInstance("EUR"),
                LocalDate.parse("2026-12-05"),
                null,
                List.of(lines));
    }

    private static List<String> said(Sharing sharing) {
        return sharing.shares().stream()
                .map(share -> "%s %s %s"
                        .formatted(
                                share.member(), share.lines().get(0).quantity().toPlainString(), share.net()))
                .toList();
    }
}
