package io.lonja.commission;

import io.lonja.archive.Sha256;
import io.lonja.document.BusinessDocument;
import io.lonja.document.PricedDocument;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What became of each document in a bundle. Type, date and number name one; of those with one name the first counts. */
final class DocumentFates {

    private final Map<String, Sha256> counted = new HashMap<>();
    private final Map<String, String> setAside = new HashMap<>();
    private final Set<Currency> currencies = new LinkedHashSet<>();

    /** Gives false for one of a name that counts already. */
    boolean count(PricedDocument document) {
        currencies.add(document.currency());
        return counted.putIfAbsent(name(document), document.contentDigest()) == null;
    }

    /** It did not count when it came. */
    void setAside(PricedDocument document, String because) {
        currencies.add(document.currency());
        setAside.put(nameAndContent(document), because);
    }

    boolean counts(BusinessDocument document) {
        Sha256 counts = counted.get(name(document));
        return counts != null && counts.equals(document.contentDigest());
    }

    /** Under its name, whatever it says. */
    boolean countsSomething(BusinessDocument document) {
        return counted.containsKey(name(document));
    }

    /** Why it did not count when it came: the code of a problem. */
    Optional<String> setAsideBecause(BusinessDocument document) {
        return Optional.ofNullable(setAside.get(nameAndContent(document)));
    }

    /** That the documents are in, in the order they came. */
    Set<Currency> currencies() {
        return Collections.unmodifiableSet(currencies);
    }

    private static String name(BusinessDocument document) {
        return "%s %s %s".formatted(document.type().wireName(), document.date(), document.number());
    }

    private static String nameAndContent(BusinessDocument document) {
        return name(document) + " " + document.contentDigest();
    }
}
