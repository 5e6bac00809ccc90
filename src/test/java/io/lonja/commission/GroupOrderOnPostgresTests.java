package io.lonja.commission;

import static io.lonja.commission.TestHub.ACME;
import static io.lonja.commission.TestHub.BISTRO;
import static io.lonja.commission.TestHub.CANTINA;
import static io.lonja.commission.TestHub.NORDMAR;
import static io.lonja.consortium.Purchase.MERCADO;
import static io.lonja.consortium.Purchase.OIL;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.account.Savings;
import io.lonja.archive.EntryId;
import io.lonja.consortium.GroupShare;
import io.lonja.consortium.GroupShares;
import io.lonja.consortium.Purchase;
import io.lonja.document.Answer;
import io.lonja.document.LineAnswer.Status;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A group order over PostgreSQL comes to what it comes to over H2. */
class GroupOrderOnPostgresTests {

    @Test
    void sharesSavingsAndBooksAreTheSameAsOverH2() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                TestHub postgresql = new TestHub(TestDatabase.migrated(server.getPostgresDatabase(), "postgresql"));
                TestHub h2 = new TestHub()) {
            Bought here = bought(postgresql);
            assertThat(here.shares()).hasSize(6);
            assertThat(here.confirmed()).hasSize(3);
            assertThat(here).isEqualTo(bought(h2));
            postgresql.rebuild();
            assertThat(seen(postgresql)).isEqualTo(here);
        }
    }

    private record Bought(
            List<String> granted,
            List<String> confirmed,
            List<String> shares,
            Map<String, String> balances,
            TrialBalance trial) {}

    private static Bought bought(TestHub hub) {
        Purchase purchase = new Purchase(hub);
        hub.agree(NORDMAR, "2.5", "35", "2026-01-01", null);
        hub.sends(ACME, NORDMAR, Paper.invoice("OLD", "2026-11-20").line("1", "N-OIL", 24, "3.75"));
        EntryId groupOrder = purchase.opened(purchase.agreed(11L));
        purchase.pledges(groupOrder, ACME, OIL, "7", null);
        hub.sends(
                BISTRO,
                MERCADO,
                Paper.order("B-1", "2026-12-05")
                        .buyerLine("1", "B-OIL", 48, "EA")
                        .line("2", "NOTHING", 1, "1.00"));
        purchase.pledges(groupOrder, CANTINA, OIL, "3", null);
        purchase.deadlinePasses();
        hub.sends(
                MERCADO,
                NORDMAR,
                Paper.response("R-1", "2026-12-06", Answer.ACCEPTED_WITH_CHANGES)
                        .naming("purchase-order", "GO" + groupOrder)
                        .answered("1", "N-OIL", 11, "36.50", List.of(), Paper.part(Status.QUANTITY_CHANGED, 8, "")));
        hub.sends(
                MERCADO,
                NORDMAR,
                Paper.invoice("I-1", "2026-12-07")
                        .naming("purchase-order", "GO" + groupOrder)
                        .line("1", "supplier-item", "N-OIL", 11, "CA", "36.50", List.of())
                        .charge("10.00"));
        hub.sends(
                MERCADO,
                NORDMAR,
                Paper.credit("C-1", "2026-12-09").naming("invoice", "I-1").line("1", "N-OIL", 1, "36.50"));
        hub.close(NORDMAR, "2026-12");
        return seen(hub);
    }

    private static Bought seen(TestHub hub) {
        Purchase purchase = new Purchase(hub);
        EntryId groupOrder = purchase.groupOrders()
                .of(Purchase.FOOD, Long.MAX_VALUE, 1)
                .get(0)
                .id();
        List<String> shares = new ArrayList<>();
        for (GroupShare share : hub.context.getBean(GroupShares.class).of(groupOrder, Optional.empty())) {
            if (!share.lines().isEmpty()) {
                shares.add(share + " saves "
                        + hub.context
                                .getBean(Savings.class)
                                .of(
                                        purchase.groupOrder(groupOrder),
                                        share,
                                        share.lines().get(0)));
            }
        }
        return new Bought(
                purchase.granted(groupOrder),
                purchase.confirmed(groupOrder),
                shares,
                hub.balances(),
                hub.ledger().trialBalance());
    }
}
