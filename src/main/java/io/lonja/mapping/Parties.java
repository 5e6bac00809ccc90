package io.lonja.mapping;

import io.lonja.document.BusinessDocument.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes parties of what Smooks collected, see {@link DocumentAssembler}. */
final class Parties {

    private Parties() {}

    /** By role: those of all these things, in their order. */
    static SortedMap<String, Party> of(List<Fields> sources, Names names) {
        SortedMap<String, Party> parties = new TreeMap<>();
        for (Fields source : sources) {
            source.list("parties").forEach(party -> add(parties, party, names));
        }
        return parties;
    }

    private static void add(SortedMap<String, Party> parties, Fields party, Names names) {
        SortedMap<String, String> codes = new TreeMap<>();
        if (party.has("code")) {
            codes.put(names.name("code", party.text("qualifier")), party.text("code"));
        }
        for (Fields more : party.list("numbers")) {
            names.find("party-number", more.text("qualifier"))
                    .ifPresent(name -> Names.keep(codes, name, more.text("value")));
        }
        List<String> address = new ArrayList<>();
        party.list("address")
                .forEach(line -> Stream.of("first", "second", "third", "fourth", "fifth")
                        .forEach(part -> address.add(line.text(part))));
        address.add(String.join(" ", party.text("city"), party.text("state"), party.text("postcode"))
                .replaceAll(" {2,}", " ")
                .strip());
        address.add(party.text("country"));
        address.removeIf(String::isEmpty);
        String name = Stream.of("name", "name2", "name3", "name4", "name5")
                .map(party::text)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        if (name.isEmpty() && party.has("unstructured") && !address.isEmpty()) {
            name = address.remove(0);
        }
        if (name.isEmpty() && codes.isEmpty() && address.isEmpty()) {
            return; // A role, and nobody in it.
        }
        Names.keep(
                parties,
                names.name("party", party.text("role")),
                new Party(name.isEmpty() ? null : name, codes, List.copyOf(address)));
    }
}
