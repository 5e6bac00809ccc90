package io.lonja.consortium;

import io.lonja.document.DocumentRef;
import io.lonja.money.Money;
import java.util.Map;
import java.util.TreeMap;

/** What documents and amounts look like in answers. */
final class Trees {

    private Trees() {}

    static Map<String, Object> because(DocumentRef because) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("sender", because.sender().value());
        tree.put("type", because.type().wireName());
        tree.put("number", because.number());
        tree.put("interchange", because.at().entry().toString());
        tree.put("from", because.at().bytes().from());
        tree.put("to", because.at().bytes().to());
        return tree;
    }

    static Map<String, Object> money(Money money) {
        return new TreeMap<>(Map.of(
                "amount",
                money.amount().toPlainString(),
                "currency",
                money.currency().getCurrencyCode()));
    }
}
