package io.lonja.fulfilment;

import static io.lonja.commission.TestHub.ACME;
import static io.lonja.commission.TestHub.NORDMAR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.account.AccountHistory;
import io.lonja.alarm.Alarm;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Entry;
import io.lonja.archive.Outcome;
import io.lonja.commission.Paper;
import io.lonja.commission.TestHub;
import io.lonja.document.DocumentRegister;
import io.lonja.document.DocumentRelease;
import io.lonja.document.RegisteredDocument.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An invoice that says the same as one under another number. */
@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class DuplicateInvoicesTests {

    private final TestHub hub;
    private String suspected;

    DuplicateInvoicesTests(TestDatabase.Vendor vendor) {
        hub = new TestHub(vendor.fresh());
    }

    @BeforeEach
    void comeTwice() {
        hub.agree(NORDMAR, "2", "0", "2026-01-01", null);
        hub.sends(ACME, NORDMAR, Paper.order("PO1", "2026-11-01").line("1", "OIL", 20, "10.00"));
        hub.sends(ACME, NORDMAR, invoice("4711", "2026-11-03"));
        Entry receipt = hub.sends(ACME, NORDMAR, invoice("4712", "2026-11-20"));
        suspected = receipt.id() + "-0";
    }

    @AfterEach
    void shut() {
        hub.close();
    }

    @Test
    void isHeldAndDoesNotCount() {
        assertThat(state()).isEqualTo(State.HELD);
        assertThat(hub.context
                        .getBean(DocumentRegister.class)
                        .find(suspected)
                        .orElseThrow()
                        .problems())
                .extracting(problem -> problem.code())
                .containsExactly("duplicate-suspected");
        assertThat(invoiced()).isEqualTo(1);
        assertThat(hub.balances()).containsEntry("operator:commission-earned", "-2.00 EUR");
        assertThat(cases(true)).singleElement().satisfies(known -> {
            assertThat(known.reason()).isEqualTo(Reason.DUPLICATE_SUSPECTED);
            assertThat(known.because()).extracting(because -> because.number()).containsExactly("4711", "4712");
        });
        assertThat(alarms()).singleElement().asString().contains("invoice 4711", "release document " + suspected);
    }

    @Test
    void countsOnceAnOperatorReleasesItAndARebuildKnows() {
        Outcome released =
                hub.execute(new DocumentRelease(suspected, "Two deliveries of one size").command("operator", null));
        assertThat(released.status()).isEqualTo(200);
        assertThat(state()).isEqualTo(State.BOOKED);
        assertThat(invoiced()).isEqualTo(2);
        assertThat(hub.balances()).containsEntry("operator:commission-earned", "-4.00 EUR");
        assertThat(cases(true)).isEmpty();
        assertThat(alarms()).isEmpty();
        assertThat(hub.execute(new DocumentRelease(suspected, "Again").command("operator", null))
                        .status())
                .isEqualTo(409);

        List<List<String>> before = tables();
        hub.rebuild();
        assertThat(tables()).isEqualTo(before);
    }

    @Test
    void staysHeldWhenItsCaseIsClosed() {
        String id = cases(true).get(0).id();
        Outcome closed = hub.execute(CaseDecisions.close("operator", null, id, "Sent twice by mistake"));
        assertThat(closed.status()).isEqualTo(200);
        assertThat(state()).isEqualTo(State.HELD);
        assertThat(invoiced()).isEqualTo(1);
        assertThat(alarms()).isEmpty();
        assertThat(cases(false)).extracting(Case::note).containsExactly("Sent twice by mistake");
        Outcome again = hub.execute(CaseDecisions.close("operator", null, id, "Sent twice by mistake"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(new String(again.body(), StandardCharsets.UTF_8)).contains("case-closed");
        assertThat(hub.execute(CaseDecisions.close("operator", null, "9999-0-0", "Nothing"))
                        .status())
                .isEqualTo(404);

        List<List<String>> before = tables();
        hub.rebuild();
        assertThat(tables()).isEqualTo(before);
    }

    @Test
    void isNoneAfterNinetyDaysOrOverAnotherTotalOrForAnotherShipment() {
        hub.sends(ACME, NORDMAR, invoice("4713", "2027-02-02"));
        hub.sends(ACME, NORDMAR, invoice("4714", "2026-11-21").charge("1.00"));
        hub.sends(ACME, NORDMAR, shipped("4715", "S1"));
        hub.sends(ACME, NORDMAR, shipped("4716", "S2"));
        assertThat(hub.count("document WHERE state = 'held'"))
                .as("that of 4712")
                .isEqualTo(1);

        hub.sends(ACME, NORDMAR, shipped("4717", "S2"));
        assertThat(hub.count("document WHERE state = 'held'")).isEqualTo(2);
        hub.sends(ACME, NORDMAR, invoice("4718", "2027-02-01"));
        assertThat(hub.count("document WHERE state = 'held'")).isEqualTo(3);
    }

    @Test
    void thatNamesNoOrderIsNeverSuspected() {
        hub.sends(ACME, NORDMAR, Paper.invoice("5001", "2026-11-03").line("1", "SALT", 1, "1.00"));
        hub.sends(ACME, NORDMAR, Paper.invoice("5002", "2026-11-03").line("1", "SALT", 1, "1.00"));
        assertThat(hub.count("document WHERE state = 'held'")).isEqualTo(1);
    }

    private static Paper invoice(String number, String date) {
        return Paper.invoice(number, date).naming("purchase-order", "PO1").line("1", "OIL", 10, "10.00");
    }

    /** Of another order. */
    private static Paper shipped(String number, String shipment) {
        return Paper.invoice(number, "2026-11-22")
                .naming("purchase-order", "PO2")
                .naming("packing-list", shipment)
                .line("1", "OIL", 10, "10.00");
    }

    private State state() {
        return hub.context
                .getBean(DocumentRegister.class)
                .find(suspected)
                .orElseThrow()
                .state();
    }

    private long invoiced() {
        return hub.context.getBean(AccountHistory.class).events(ACME, Optional.empty(), 100).stream()
                .filter(event -> event.kind().wireName().equals("invoiced"))
                .count();
    }

    private List<Case> cases(boolean open) {
        return hub.context
                .getBean(Cases.class)
                .list(Optional.empty(), Optional.empty(), Optional.of(open), Optional.empty(), Optional.empty(), 100);
    }

    private List<String> alarms() {
        return hub.context.getBean(OpenAlarms.class).list(100).stream()
                .map(Alarm::sentence)
                .toList();
    }

    private List<List<String>> tables() {
        List<List<String>> tables = new ArrayList<>();
        for (String table : List.of(
                "trade_document ORDER BY document, order_number",
                "order_line ORDER BY receipt, ordinal, line",
                "fulfilment_case ORDER BY fact, ordinal, number",
                "document ORDER BY id")) {
            tables.add(hub.jdbc.sql("SELECT * FROM " + table).query().listOfRows().stream()
                    .map(String::valueOf)
                    .toList());
        }
        return tables;
    }
}
