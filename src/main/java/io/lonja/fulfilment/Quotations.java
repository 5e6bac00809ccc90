package io.lonja.fulfilment;

import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.PricedDocument;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Links what is asked, quoted and ordered: a quotation names its request ({@code request-for-quotation}), an order the
 * quotation that it takes up ({@code quotation}), between the same two parties and whichever came first.
 */
final class Quotations {

    private static final String REQUEST = "request-for-quotation";
    private static final String QUOTATION = "quotation";

    private final JdbcClient jdbc;

    Quotations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps what it is called and what it names; nothing for documents that are no part of this. */
    void add(DocumentAccepted event) {
        BusinessDocument document = event.document();
        switch (document.type()) {
            case REQUEST_FOR_QUOTATION -> insert(event, REQUEST, document.number(), true);
            case QUOTATION -> {
                insert(event, QUOTATION, document.number(), true);
                named(event, REQUEST).forEach(number -> insert(event, REQUEST, number, false));
            }
            case PURCHASE_ORDER -> named(event, QUOTATION).forEach(number -> insert(event, QUOTATION, number, false));
            default -> {
                // What follows an order is linked by the order's number.
            }
        }
    }

    /** Numbers that the document or one of its lines names. */
    private static Set<String> named(DocumentAccepted event, String name) {
        PricedDocument document = event.priced();
        Set<String> numbers = new TreeSet<>();
        Stream.concat(
                        Stream.of(document.references()),
                        document.lines().stream().map(PricedDocument.Line::references))
                .forEach(references -> numbers.addAll(references.getOrDefault(name, List.of())));
        return numbers;
    }

    private void insert(DocumentAccepted event, String kind, String number, boolean own) {
        jdbc.sql("INSERT INTO trade_quote (document, name, own, buyer, seller) VALUES (?, ?, ?, ?, ?)")
                .params(
                        event.because().at().entry() + "-" + event.ordinal(),
                        kind + " " + number,
                        own,
                        event.buyer().value(),
                        event.seller().value())
                .update();
    }

    /**
     * Ids of the quotations that these documents name, and the requests that those name; and of what names the one that was
     * asked for: the quotations of a request and their orders, the orders of a quotation. Itself is among them; empty where
     * there are none.
     *
     * @param asked its id in the register
     * @param beside others of the same order
     */
    SortedSet<String> around(String asked, Collection<String> beside) {
        TreeSet<String> all = new TreeSet<>(beside);
        all.add(asked);
        TreeSet<String> found = new TreeSet<>();
        collect(all, false, found);
        collect(Set.of(asked), true, found);
        if (!found.isEmpty()) {
            found.add(asked);
        }
        return found;
    }

    /** From request to order it is two steps at most. */
    private void collect(Collection<String> from, boolean onward, SortedSet<String> found) {
        Collection<String> next = from;
        for (int step = 0; step < 2 && !next.isEmpty(); step++) {
            next = jdbc.sql("SELECT DISTINCT there.document FROM trade_quote here JOIN trade_quote there"
                            + " ON there.name = here.name AND there.seller = here.seller AND there.buyer = here.buyer"
                            + " WHERE here.document IN (:documents) AND here.own = :onward AND there.own <> :onward")
                    .param("documents", next)
                    .param("onward", onward)
                    .query(String.class)
                    .list();
            found.addAll(next);
        }
    }
}
