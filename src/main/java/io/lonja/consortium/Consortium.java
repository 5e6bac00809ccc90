package io.lonja.consortium;

import io.lonja.party.PartyId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Members who buy together.
 *
 * @param name for people, and the buyer's name on the consolidated order
 * @param operator the party in whose name it buys; its members order from it
 * @param members 1 to {@value #MEMBERS_MAX}
 */
public record Consortium(ConsortiumId id, String name, PartyId operator, List<Member> members) {

    private static final int MEMBERS_MAX = 1_000;
    private static final int NAME_CHARACTERS_MAX = 60;

    /**
     * A member, and where what it bought is delivered.
     *
     * @param location code in the split of the consolidated order: a GLN, or one that the consortium assigned; at most
     *     25 characters, as EDIFACT LOC allows
     */
    public record Member(PartyId party, String location) {

        public Member {
            if (!location.matches("[A-Za-z0-9][A-Za-z0-9 ./-]{0,24}")) {
                throw new IllegalArgumentException(
                        "The location of %s has 1 to 25 letters, digits, blanks, dots, slashes and hyphens, not \"%s\"."
                                .formatted(party, location));
            }
        }
    }

    public Consortium {
        if (name.isBlank() || name.length() > NAME_CHARACTERS_MAX) {
            throw new IllegalArgumentException(
                    "The name of a consortium has 1 to %d characters.".formatted(NAME_CHARACTERS_MAX));
        }
        if (members.isEmpty() || members.size() > MEMBERS_MAX) {
            throw new IllegalArgumentException("A consortium has 1 to %d members.".formatted(MEMBERS_MAX));
        }
        Set<String> seen = new HashSet<>();
        for (Member member : members) {
            if (member.party().equals(operator)) {
                throw new IllegalArgumentException(
                        "%s buys for the members, so it cannot be one itself.".formatted(operator));
            }
            if (!seen.add("party " + member.party()) || !seen.add("location " + member.location())) {
                throw new IllegalArgumentException(
                        "%s or its location %s stands here twice.".formatted(member.party(), member.location()));
            }
        }
        members = List.copyOf(members);
    }

    /** This party as a member; empty when it is none. */
    public Optional<Member> member(PartyId party) {
        return members.stream().filter(member -> member.party().equals(party)).findFirst();
    }

    /** Whose codes the locations are, as documents name it: one split speaks one scheme, so GLNs only if all are. */
    String scheme() {
        return members.stream().allMatch(member -> member.location().matches("[0-9]{13}"))
                ? "gln"
                : "assigned-by-buyer";
    }

    /**
     * The consortium as the API shows it.
     *
     * @param to whose own membership alone is shown; all members when null
     */
    public Map<String, @Nullable Object> tree(@Nullable PartyId to) {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("id", id.value());
        tree.put("name", name);
        tree.put("operator", operator.value());
        tree.put(
                "members",
                members.stream()
                        .filter(member -> to == null || member.party().equals(to))
                        .map(member ->
                                new TreeMap<>(Map.of("party", member.party().value(), "location", member.location())))
                        .toList());
        return tree;
    }
}
