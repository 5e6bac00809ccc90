package io.lonja.mapping;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a quotation must say besides its lines, of the names {@code bid} of the document, {@code breaks} of {@code from to}
 * of a line: that it quotes at all, and one price for each line.
 */
record Quoted(Names names, Problems problems) {

    /** What the guide's names call the number of the document itself, where a qualifier says which number that is. */
    private static final String OWN_NUMBER = "document";

    /** @param references of the whole document; its own number is taken out of them */
    void check(Fields source, SortedMap<String, List<String>> references) {
        references.remove(OWN_NUMBER);
        if (source.has("bid") && !names.find("bid", source.text("bid")).equals(Optional.of("quoted"))) {
            problems.add(
                    "nothing-quoted",
                    source.place(),
                    "%s: the code %s says that nothing is quoted here; tell the buyer, or ask the sender for a quotation.",
                    source.text("bid"));
        }
        for (Fields line : source.list("lines")) {
            line.list("breaks").stream()
                    .filter(other -> other.has("from") || other.has("to"))
                    .findFirst()
                    .ifPresent(
                            other -> problems.add(
                                    "price-by-quantity",
                                    other.place(),
                                    "%s: the line is quoted at other prices for other quantities, which the hub cannot tell yet; ask the sender for a line for each quantity."));
        }
    }
}
