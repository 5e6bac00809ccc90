package io.lonja.mapping;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a quotation must say besides its lines, of the name {@code bid} of the document: that it quotes at all. What its
 * lines cost at other quantities is told in {@link PriceBreaks}.
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
    }
}
