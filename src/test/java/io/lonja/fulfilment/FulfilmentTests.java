package io.lonja.fulfilment;

import static io.lonja.fulfilment.Slip.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.document.Answer;
import io.lonja.document.Change;
import io.lonja.document.LineAnswer.Status;
import io.lonja.document.LineChange.Action;
import io.lonja.document.ReceivingAdvice.Discrepancy.Kind;
import io.lonja.party.PartyId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What stands in the tables after documents came. */
class FulfilmentTests {

    private static final long SEED = Long.getLong("seed", 0);
    private static final int TRADES = Integer.getInteger("trades", 200);
    private static final LocalDate CHRISTMAS = LocalDate.parse("2026-12-25");

    private SingleConnectionDataSource connection;
    private JdbcClient jdbc;
    private OrderLines lines;
    private Cases cases;
    private Fulfilment fulfilment;

    @BeforeEach
    void open() throws Exception {
        connection = new SingleConnectionDataSource(TestDatabase.h2().getConnection(), true);
        jdbc = JdbcClient.create(connection);
        lines = new OrderLines(jdbc);
        cases = new Cases(jdbc);
        TradeDocuments documents = new TradeDocuments(jdbc);
        fulfilment = new Fulfilment(
                documents,
                new Quotations(jdbc),
                lines,
                cases,
                new Payments(jdbc, documents, cases),
                new DuplicateInvoices(documents, cases, new NoAlarms()),
                party -> Optional.empty());
    }

    @AfterEach
    void shut() {
        connection.destroy();
    }

    @Test
    void anyOrderOfArrivalEndsInTheSameState() {
        for (long seed = SEED; seed < SEED + TRADES; seed++) {
            List<Slip> slips = trade(new Random(seed));
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < slips.size(); i++) {
                order.add(i);
            }
            List<String> asWritten = state(slips, order);
            Collections.shuffle(order, new Random(seed));
            assertThat(state(slips, order))
                    .as("-Dseed=%d -Dtrades=1, arrived as %s", seed, order)
                    .isEqualTo(asWritten);
        }
    }

    /** Two orders of up to three lines, and what could be said of them, also wrongly. */
    private static List<Slip> trade(Random random) {
        List<Slip> slips = new ArrayList<>();
        int orders = 1 + random.nextInt(2);
        for (int order = 1; order <= orders; order++) {
            String number = "PO" + order;
            Slip written = Slip.order(number, "2026-10-0" + order);
            int count = 1 + random.nextInt(3);
            for (int line = 1; line <= count; line++) {
                written.line("" + line, "ITEM" + (random.nextInt(6) == 0 ? 1 : line), "10", "10.00");
            }
            slips.add(written);
            for (int response = random.nextInt(3); response > 0; response--) {
                Answer answer = Answer.values()[random.nextInt(3)];
                Slip said = Slip.response("R" + order + response, "2026-10-1" + response, answer)
                        .of(number);
                if (random.nextBoolean()) {
                    said.answered(
                            "" + (1 + random.nextInt(3)),
                            "ITEM" + (1 + random.nextInt(3)),
                            part(Status.ACCEPTED, "" + random.nextInt(11)),
                            part(Status.BACKORDERED, "" + random.nextInt(4)));
                }
                slips.add(said);
            }
            for (int change = random.nextInt(4); change > 0; change--) {
                Slip said = Slip.change(
                                "" + change,
                                "2026-10-" + (12 + random.nextInt(9)),
                                Change.values()[random.nextInt(8) == 0 ? random.nextInt(3) : 0])
                        .of(random.nextInt(9) == 0 ? "PO9" : number);
                for (int line = 1 + random.nextInt(2); line > 0; line--) {
                    said.changes(
                            Action.values()[random.nextInt(6)],
                            "" + (1 + random.nextInt(4)),
                            "ITEM" + (1 + random.nextInt(4)),
                            random.nextInt(5) == 0 ? "" : "" + random.nextInt(12),
                            random.nextBoolean() ? "" : "10.50");
                }
                slips.add(said);
                if (random.nextBoolean()) {
                    Slip answer = Slip.answerToChange(
                                    "A" + order + change,
                                    "2026-10-" + (15 + random.nextInt(9)),
                                    Answer.values()[random.nextInt(3)])
                            .of(number)
                            .naming("order-change", "" + (1 + random.nextInt(4)));
                    if (random.nextBoolean()) {
                        answer.answered(
                                "" + (1 + random.nextInt(4)),
                                "ITEM" + (1 + random.nextInt(4)),
                                part(
                                        random.nextBoolean() ? Status.ACCEPTED : Status.REJECTED,
                                        "" + random.nextInt(11)));
                    }
                    slips.add(answer);
                }
            }
            for (int advice = random.nextInt(3); advice > 0; advice--) {
                Slip sent = Slip.despatch("D" + order + advice, "2026-10-2" + advice)
                        .of(number);
                slips.add((random.nextInt(3) == 0 ? sent.naming("packing-list", "L1") : sent)
                        .line(
                                "" + (1 + random.nextInt(3)),
                                "ITEM" + (1 + random.nextInt(4)),
                                "" + (1 + random.nextInt(12))));
            }
            for (int advice = random.nextInt(3); advice > 0; advice--) {
                slips.add(received(number, order + "" + advice, random));
            }
            for (int invoice = 1 + random.nextInt(2); invoice > 0; invoice--) {
                Slip said = Slip.invoice("I" + order + invoice, "2026-11-0" + invoice);
                if (random.nextInt(5) > 0) {
                    said.of(number);
                }
                for (int line = 1 + random.nextInt(2); line > 0; line--) {
                    said.line(
                            "" + (1 + random.nextInt(3)),
                            "ITEM" + (1 + random.nextInt(4)),
                            "" + (1 + random.nextInt(12)),
                            random.nextInt(3) == 0 ? "10.50" : "10.00");
                }
                slips.add(said);
            }
            for (int payment = random.nextInt(3); payment > 0; payment--) {
                Slip said = Slip.payment("P" + order + payment, "2026-11-1" + payment);
                for (int item = 1 + random.nextInt(2); item > 0; item--) {
                    said.paying(
                            "I" + (1 + random.nextInt(2)) + (1 + random.nextInt(3)), 10 * random.nextInt(13) + ".00");
                }
                slips.add(said);
            }
            for (int credit = random.nextInt(3); credit > 0; credit--) {
                Slip said = Slip.credit("C" + order + credit, "2026-11-1" + credit);
                if (random.nextBoolean()) {
                    said.naming("invoice", "I" + (1 + random.nextInt(2)) + (1 + random.nextInt(2)));
                }
                if (random.nextInt(3) == 0) {
                    said.of(number);
                }
                slips.add(said.line(
                        "1",
                        "ITEM" + (1 + random.nextInt(4)),
                        "" + (1 + random.nextInt(12)),
                        random.nextBoolean() ? "10.00" : "0.50"));
            }
        }
        return slips;
    }

    /** Of a shipment that is named, or of none; with something wrong or not. */
    private static Slip received(String order, String number, Random random) {
        Slip said = Slip.receipt("E" + number, "2026-10-2" + (5 + random.nextInt(3)));
        boolean shipment = random.nextBoolean();
        if (shipment && random.nextInt(3) == 0) {
            said.naming("packing-list", "L1");
        } else if (shipment) {
            said.naming("despatch-advice", "D" + (1 + random.nextInt(2)) + (1 + random.nextInt(2)));
        }
        if (!shipment || random.nextBoolean()) {
            said.of(order);
        }
        if (shipment && random.nextInt(4) == 0) {
            return said; // All as it was sent.
        }
        for (int line = 1 + random.nextInt(2); line > 0; line--) {
            said.line("" + (1 + random.nextInt(3)), "ITEM" + (1 + random.nextInt(4)), "" + (2 + random.nextInt(11)));
            if (random.nextInt(3) == 0) {
                Kind[] kinds = Kind.values();
                said.wrong(kinds[random.nextInt(kinds.length)], "" + random.nextInt(3));
            }
        }
        return said;
    }

    private List<String> state(List<Slip> slips, List<Integer> order) {
        for (String table : List.of(
                "trade_document", "trade_shipment", "trade_quote", "paid_item", "order_line", "fulfilment_case")) {
            jdbc.sql("DELETE FROM " + table).update();
        }
        for (int i = 0; i < order.size(); i++) {
            fulfilment.on(slips.get(order.get(i)).accepted(1L + order.get(i), 1_000L + i));
        }
        List<String> state = new ArrayList<>();
        lines(Optional.empty(), Optional.empty()).forEach(line -> state.add(line.toString()));
        cases(true).stream()
                .map(known -> "%s %s %s %s".formatted(known.reason(), known.order(), known.line(), known.sentence()))
                .sorted()
                .forEach(state::add);
        return state;
    }

    @Test
    void aReceiptThatNamesOnlyTheDespatchAdviceIsForTheOrdersOfThat() {
        comes(
                1,
                Slip.receipt("E1", "2026-11-03").naming("despatch-advice", "D1").line("1", "OIL", "9"));
        comes(2, Slip.order("PO1", "2026-11-01").line("10", "OIL", "10", "10.00"));
        assertThat(lines(Optional.empty(), Optional.empty()).get(0).received()).isNull();
        comes(3, Slip.despatch("D1", "2026-11-02").of("PO1").line("1", "OIL", "10"));
        assertThat(lines(Optional.empty(), Optional.empty()).get(0).received()).isEqualByComparingTo("9");
        assertThat(cases(true))
                .extracting(Case::sentence)
                .containsExactly("Order PO1, line 10 and receiving-advice E1: despatched 10, received 9.");
        assertThat(fulfilment.besides("1-0", 10)).containsExactly("1-0", "2-0", "3-0");
        assertThat(fulfilment.besides("2-0", 10)).containsExactly("1-0", "2-0", "3-0");
    }

    @Test
    void ofAShipmentForSeveralOrdersEachLineIsForTheOneInWhichItWasSent() {
        comes(1, Slip.order("PO1", "2026-11-01").line("1", "OIL", "10", "10.00"));
        comes(2, Slip.order("PO2", "2026-11-01").line("1", "SALT", "5", "1.00").line("2", "OIL", "3", "10.00"));
        comes(
                3,
                Slip.despatch("D1", "2026-11-02")
                        .of("PO1")
                        .naming("packing-list", "L1")
                        .line("1", "OIL", "10"));
        comes(
                4,
                Slip.despatch("D2", "2026-11-02")
                        .of("PO2")
                        .naming("packing-list", "L1")
                        .line("1", "SALT", "5")
                        .line("2", "OIL", "3"));
        comes(
                5,
                Slip.receipt("E1", "2026-11-03")
                        .naming("packing-list", "L1")
                        .line("2", "OIL", "3")
                        .line("7", "SALT", "4")
                        .line("9", "OIL", "1")
                        .line("10", "WINE", "2"));
        assertThat(lines(Optional.empty(), Optional.empty()))
                .extracting(line -> line.order() + " " + line.items().get("supplier-item") + " " + line.received())
                .containsExactlyInAnyOrder("PO1 OIL 0", "PO2 SALT 4", "PO2 OIL 3");
        assertThat(cases(true))
                .extracting(Case::sentence)
                .contains("Order PO2, line 1 and receiving-advice E1: despatched 5, received 4.")
                .hasSize(2)
                .anyMatch(sentence ->
                        sentence.contains("PO1") && sentence.contains("E1") && sentence.contains("2 CA of line 10"));
    }

    @Test
    void aReceiptWithoutLinesSaysThatAllCameAsItWasSent() {
        comes(1, Slip.order("PO1", "2026-11-01").line("1", "OIL", "10", "10.00").line("2", "SALT", "5", "1.00"));
        comes(2, Slip.receipt("E1", "2026-11-03").of("PO1").naming("despatch-advice", "D1"));
        comes(3, Slip.invoice("I1", "2026-11-04").of("PO1").line("1", "OIL", "10", "10.00"));
        assertThat(cases(true)).isEmpty();
        comes(
                4,
                Slip.despatch("D1", "2026-11-02")
                        .of("PO1")
                        .line("1", "OIL", "8")
                        .line("2", "SALT", "5"));
        assertThat(lines(Optional.empty(), Optional.empty()))
                .extracting(line -> line.line() + " " + line.received())
                .containsExactlyInAnyOrder("1 8", "2 5");
        assertThat(cases(true))
                .extracting(Case::reason)
                .contains(Reason.QUANTITY_OVER_RECEIVED)
                .doesNotContain(Reason.RECEIPT_DIFFERS);
    }

    @Test
    void aCaseClosesByTheDocumentThatRemovesItAndOpensAgain() {
        comes(1, Slip.order("PO1", "2026-11-01").line("1", "OIL", "10", "10.00"));
        comes(2, Slip.invoice("I1", "2026-11-03").of("PO1").line("1", "OIL", "12", "10.00"));
        assertThat(cases(true)).singleElement().satisfies(known -> {
            assertThat(known.id()).isEqualTo("1002-0-0");
            assertThat(known.difference()).isEqualTo("2");
            assertThat(known.document()).isEqualTo("2-0");
        });
        comes(3, Slip.credit("C1", "2026-11-04").naming("invoice", "I1").line("1", "OIL", "2", "10.00"));
        assertThat(cases(true)).isEmpty();
        assertThat(cases(false)).extracting(Case::closedBy).containsExactly("document");
        comes(4, Slip.invoice("I2", "2026-11-05").of("PO1").line("1", "OIL", "2", "10.00"));
        assertThat(cases(true))
                .singleElement()
                .satisfies(known -> assertThat(known.document()).isEqualTo("4-0"));
    }

    @Test
    void whatAnOperatorClosedStaysClosedUntilItsFiguresChange() {
        comes(1, Slip.order("PO1", "2026-11-01").line("1", "OIL", "10", "10.00").line("2", "SALT", "1", "1.00"));
        comes(2, Slip.invoice("I1", "2026-11-03").of("PO1").line("1", "OIL", "12", "10.00"));
        Case known = cases(true).get(0);
        cases.close(cases.key(known), Cases.BY_OPERATOR, "Agreed by telephone", known.openedAt());
        comes(3, Slip.invoice("I2", "2026-11-04").of("PO1").line("1", "SALT", "1", "1.00"));
        assertThat(cases(true)).isEmpty();
        assertThat(cases(false)).extracting(Case::note).containsExactly("Agreed by telephone");
        comes(4, Slip.invoice("I0", "2026-11-02").of("PO1").line("1", "OIL", "1", "10.00"));
        assertThat(cases(true)).extracting(Case::difference).containsExactly("3");
    }

    @Test
    void listsByStatusPartnerOrderAndWhatIsOverdueOnADay() {
        comes(1, Slip.order("PO1", "2026-10-01").line("1", "OIL", "10", "10.00").line("2", "SALT", "1", "1.00"));
        comes(2, Slip.order("PO2", "2026-12-01").line("1", "OIL", "10", "10.00"));
        comes(3, Slip.invoice("I1", "2026-11-03").of("PO1").line("1", "SALT", "1", "1.00"));

        assertThat(lines(Optional.empty(), Optional.empty()))
                .extracting(OrderLine::id)
                .containsExactly("2-0-0", "1-0-0", "1-0-1");
        assertThat(lines(Optional.of(OrderLine.Status.INVOICED), Optional.empty()))
                .extracting(OrderLine::id)
                .containsExactly("1-0-1");
        assertThat(lines(Optional.empty(), Optional.of(CHRISTMAS)))
                .extracting(OrderLine::id)
                .containsExactly("1-0-0");
        assertThat(lines(Optional.empty(), Optional.of(LocalDate.parse("2026-11-30"))))
                .as("sixty days after it was ordered")
                .isEmpty();
        assertThat(lines.list(
                        new OrderLines.Query(
                                Optional.of(new PartyId("casa-lucia")),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty(),
                        10))
                .isEmpty();
        assertThat(lines.list(
                        new OrderLines.Query(
                                Optional.of(Slip.SELLER),
                                Optional.of(Slip.BUYER),
                                Optional.of("PO1"),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.of("1-0-0"),
                        10))
                .extracting(OrderLine::id)
                .containsExactly("1-0-1");
    }

    @Test
    void namesTheDocumentsThatAreBesideOne() {
        comes(1, Slip.order("PO1", "2026-10-01").line("1", "OIL", "10", "10.00"));
        comes(2, Slip.order("PO2", "2026-10-01").line("1", "OIL", "10", "10.00"));
        comes(3, Slip.invoice("I1", "2026-11-03").of("PO1").line("1", "OIL", "10", "10.00"));
        comes(4, Slip.credit("C1", "2026-11-04").naming("invoice", "I1").line("1", "OIL", "1", "10.00"));
        for (String one : List.of("1-0", "3-0", "4-0")) {
            assertThat(fulfilment.besides(one, 10)).containsExactlyInAnyOrder("1-0", "3-0", "4-0");
        }
        assertThat(fulfilment.besides("9-0", 10)).isEmpty();
    }

    @Test
    void whatPaysADocumentIsBesideIt() {
        comes(1, Slip.order("PO1", "2026-11-01").line("1", "OIL", "10", "10.00"));
        comes(2, Slip.payment("P1", "2026-11-20").paying("I1", "50.00").paying("I2", "7.00"));
        assertThat(fulfilment.besides("2-0", 10)).isEmpty();
        comes(3, Slip.invoice("I1", "2026-11-03").of("PO1").line("1", "OIL", "10", "10.00"));
        comes(4, Slip.invoice("I2", "2026-11-04").line("1", "OIL", "1", "10.00"));
        comes(5, Slip.payment("P2", "2026-11-21").paying("I1", "50.00"));
        assertThat(fulfilment.besides("1-0", 10)).containsExactly("1-0", "2-0", "3-0", "5-0");
        assertThat(fulfilment.besides("2-0", 10)).containsExactly("1-0", "2-0", "3-0", "4-0", "5-0");
        assertThat(fulfilment.besides("4-0", 10)).containsExactly("2-0");
    }

    @Test
    void morePaidThanInvoicedIsACaseOfThePaymentThatGoesBeyond() {
        comes(1, Slip.payment("P1", "2026-11-20").paying("I1", "60.00"));
        comes(2, Slip.payment("P2", "2026-11-21").paying("I2", "9.00").paying("I1", "50.00"));
        assertThat(cases(true)).isEmpty();
        comes(3, Slip.invoice("I1", "2026-11-03").of("PO1").line("1", "OIL", "10", "10.00"));
        assertThat(cases(true))
                .extracting(Case::sentence)
                .containsExactly(
                        "Invoice I1 is over 100.00 EUR, but with remittance advice P2 110.00 EUR are paid of it. Ask the buyer which invoice the rest is for.");
    }

    private void comes(long receipt, Slip slip) {
        fulfilment.on(slip.accepted(receipt, 1_000 + receipt));
    }

    private List<OrderLine> lines(Optional<OrderLine.Status> status, Optional<LocalDate> overdueOn) {
        return lines.list(
                new OrderLines.Query(Optional.empty(), Optional.empty(), Optional.empty(), status, overdueOn),
                Optional.empty(),
                100);
    }

    private List<Case> cases(boolean open) {
        return cases.list(
                Optional.empty(), Optional.empty(), Optional.of(open), Optional.empty(), Optional.empty(), 100);
    }
}
