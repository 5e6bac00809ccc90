package io.lonja.commission;

import static io.lonja.commission.TestHub.ACME;
import static io.lonja.commission.TestHub.BISTRO;
import static io.lonja.commission.TestHub.CANTINA;
import static io.lonja.commission.TestHub.NORDMAR;

import io.lonja.archive.Entry;
import io.lonja.commission.TestHub.Sent;
import io.lonja.document.DocumentType;
import io.lonja.party.PartyId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Random trade: agreements, orders, invoices and credits of three members with one supplier.
 *
 * @param documents each once, as a careful partner sends them
 * @param rivals of other content under the number of one of the documents; at most one for each
 * @param idle tests and faulty first attempts, under the numbers of documents that count
 */
record BooksTrade(List<Happening> agreements, List<Arrived> documents, List<Rival> rivals, List<Arrived> idle) {

    private static final List<PartyId> MEMBERS = List.of(ACME, BISTRO, CANTINA);

    /** Something that happens from outside. */
    sealed interface Happening {
        void at(TestHub hub);
    }

    /** An agreement is made. */
    record Agreed(String rate, String shareBack, String from, String to) implements Happening {

        @Override
        public void at(TestHub hub) {
            hub.agree(NORDMAR, rate, shareBack, from, to);
        }
    }

    /**
     * A document arrives.
     *
     * @param counts whether it may change anything
     * @param mappings how often it is mapped; more than once when a wake-up comes twice
     */
    record Arrived(Sent sent, boolean counts, int mappings) implements Happening {

        @Override
        public void at(TestHub hub) {
            Entry receipt = hub.receives(sent);
            for (int i = 0; i < mappings; i++) {
                hub.maps(receipt);
            }
            hub.catchUp();
        }
    }

    /** What must not replace the original. */
    record Rival(Arrived original, Arrived other) {}

    static BooksTrade of(Random random) {
        List<Arrived> documents = new ArrayList<>();
        int orders = 1 + random.nextInt(3);
        for (int order = 1; order <= orders; order++) {
            deal(order, random).forEach(sent -> documents.add(new Arrived(sent, true, 1)));
        }
        List<Rival> rivals = new ArrayList<>();
        List<Arrived> idle = new ArrayList<>();
        for (Arrived document : documents) {
            switch (random.nextInt(8)) {
                case 0 -> rivals.add(new Rival(document, changed(document, Sent.How.IN_EARNEST)));
                case 1 -> idle.add(changed(document, Sent.How.WITH_A_FAULT));
                case 2 -> idle.add(changed(document, Sent.How.AS_A_TEST));
                default -> {
                    // Most trade goes well.
                }
            }
        }
        return new BooksTrade(
                List.of(
                        new Agreed("2.5", "35", "2026-10-01", "2026-10-31"),
                        new Agreed("4.125", "20", "2026-11-01", null)),
                documents,
                rivals,
                idle);
    }

    /** As it is meant: agreements first, every document once. */
    List<Happening> inOrder() {
        List<Happening> inOrder = new ArrayList<>(agreements);
        inOrder.addAll(documents);
        return inOrder;
    }

    /** The same trade late, early, repeated, mapped twice, and with what must change nothing. */
    List<Happening> disturbed(Random random) {
        List<Happening> disturbed = new ArrayList<>(inOrder());
        for (int i = random.nextInt(4); i > 0; i--) {
            Arrived again = documents.get(random.nextInt(documents.size()));
            disturbed.add(new Arrived(again.sent(), true, 1 + random.nextInt(2)));
        }
        disturbed.addAll(idle);
        Collections.shuffle(disturbed, random);
        for (Rival rival : rivals) { // Which of two contents came first decides, so the original does.
            int first = 0;
            while (!(disturbed.get(first) instanceof Arrived arrived && arrived.sent() == rival.original.sent())) {
                first++;
            }
            disturbed.add(first + 1 + random.nextInt(disturbed.size() - first), rival.other);
        }
        return disturbed;
    }

    long commissionLines() {
        return documents.stream()
                .map(arrived -> arrived.sent().document())
                .filter(document -> document.type() != DocumentType.PURCHASE_ORDER)
                .mapToLong(document -> document.lines().size())
                .sum();
    }

    long conflicts() {
        return rivals.size();
    }

    long tests() {
        return idle(Sent.How.AS_A_TEST);
    }

    /** A faulty attempt after its document is a conflict as well, and held in both cases. */
    long held() {
        return rivals.size() + idle(Sent.How.WITH_A_FAULT);
    }

    private long idle(Sent.How how) {
        return idle.stream().filter(arrived -> arrived.sent().how() == how).count();
    }

    /** The same number and date, one line more. */
    private static Arrived changed(Arrived document, Sent.How how) {
        Sent sent = document.sent();
        Paper other = Paper.like(sent.document()).line("99", "NEVER", 1_000, "9.99");
        return new Arrived(Sent.of(sent.buyer(), sent.seller(), other.written(), how), false, 1);
    }

    private static List<Sent> deal(int number, Random random) {
        List<Sent> documents = new ArrayList<>();
        PartyId member = MEMBERS.get(random.nextInt(MEMBERS.size()));
        Paper order = Paper.order("PO" + number, date(random));
        Paper invoice = Paper.invoice("INV" + number, date(random)).naming("purchase-order", "PO" + number);
        int lines = 1 + random.nextInt(2);
        int[] quantities = new int[lines];
        String[] prices = new String[lines];
        for (int line = 0; line < lines; line++) {
            quantities[line] = 1 + random.nextInt(40);
            prices[line] = "%d.%02d".formatted(random.nextInt(30), 1 + random.nextInt(99));
            order.line("" + (line + 1), "ITEM" + line, quantities[line], prices[line]);
            if (random.nextInt(5) > 0 || line == 0) {
                invoice.line("" + (line + 1), "ITEM" + line, quantities[line], prices[line]);
            }
        }
        if (random.nextBoolean()) {
            invoice.allowance("0.%02d".formatted(1 + random.nextInt(9)));
        }
        documents.add(sent(member, order));
        documents.add(sent(member, invoice));
        for (int credit = random.nextInt(3); credit > 0; credit--) {
            Paper note = Paper.credit("CR%d-%d".formatted(number, credit), date(random));
            if (random.nextInt(6) > 0) {
                note.naming("invoice", random.nextInt(6) == 0 ? "INV99" : "INV" + number);
            }
            int line = random.nextInt(lines);
            note.line(
                    random.nextBoolean() ? "" + (line + 1) : "1",
                    random.nextInt(8) == 0 ? "OTHER" : "ITEM" + line,
                    1 + random.nextInt(quantities[line]),
                    prices[line]);
            documents.add(sent(random.nextInt(10) == 0 ? CANTINA : member, note));
        }
        return documents;
    }

    private static Sent sent(PartyId member, Paper paper) {
        return Sent.of(member, NORDMAR, paper.written(), Sent.How.IN_EARNEST);
    }

    private static String date(Random random) {
        return "2026-%02d-%02d".formatted(9 + random.nextInt(3), 1 + random.nextInt(30));
    }
}
