package io.lonja.mapping;

import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentType;
import io.lonja.document.OutgoingDocument;
import io.lonja.document.PricedDocument;
import io.lonja.party.PartyId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts documents that leave together into one interchange each, as agreed. Documents that are about one order leave in the
 * order in which they became due, so a change never overtakes its order.
 */
final class OpenBatches {

    private record Address(PartyId to, DocumentType type) {}

    private final Map<Address, List<OutgoingDocument>> open = new LinkedHashMap<>();
    private final Consumer<List<OutgoingDocument>> leaves;

    /** @param leaves takes the documents of one interchange, in the order in which they became due */
    OpenBatches(Consumer<List<OutgoingDocument>> leaves) {
        this.leaves = leaves;
    }

    /**
     * Adds the next document that is due.
     *
     * @param together how many of its kind may stand in one interchange; less than 2 for an interchange of its own
     */
    void add(OutgoingDocument document, int together) {
        Address address = new Address(document.to(), document.content().type());
        closeBefore(document, address);
        if (together < 2) {
            leaves.accept(List.of(document));
            return;
        }
        List<OutgoingDocument> batch = open.computeIfAbsent(address, first -> new ArrayList<>());
        batch.add(document);
        if (batch.size() >= together) {
            open.remove(address);
            leaves.accept(batch);
        }
    }

    /** Nothing more is due. */
    void close() {
        List<List<OutgoingDocument>> rest = List.copyOf(open.values());
        open.clear();
        rest.forEach(leaves);
    }

    private void closeBefore(OutgoingDocument document, Address address) {
        Set<String> orders = orders(document.content());
        List<List<OutgoingDocument>> before = new ArrayList<>();
        for (Iterator<Map.Entry<Address, List<OutgoingDocument>>> each =
                        open.entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<Address, List<OutgoingDocument>> batch = each.next();
            boolean sharesAnOrder = batch.getKey().to().equals(document.to())
                    && !batch.getKey().equals(address)
                    && batch.getValue().stream()
                            .flatMap(other -> orders(other.content()).stream())
                            .anyMatch(orders::contains);
            if (sharesAnOrder) {
                before.add(batch.getValue());
                each.remove();
            }
        }
        before.forEach(leaves);
    }

    /** Numbers of the orders that it is about. */
    private static Set<String> orders(BusinessDocument document) {
        Set<String> orders = new HashSet<>(document.references().getOrDefault("purchase-order", List.of()));
        if (document.type() == DocumentType.PURCHASE_ORDER) {
            orders.add(document.number());
        }
        if (document instanceof PricedDocument priced) {
            priced.lines().forEach(line -> orders.addAll(line.references().getOrDefault("purchase-order", List.of())));
        }
        return orders;
    }
}
