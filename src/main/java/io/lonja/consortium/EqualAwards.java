package io.lonja.consortium;

import io.lonja.archive.Sha256;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Constrained equal awards (Moulin 2000, fixed-path rationing; Ehrhart and others 2005 on why it cannot be gamed):
 * everybody gets the same, but nobody more than asked for. Whole packs; those left over at the end go one each in the
 * order of SHA-256(group order ‖ member), so that neither the order of arrival nor a name decides.
 */
final class EqualAwards {

    static final String RULE = "constrained-equal-awards/1";

    private EqualAwards() {}

    /** Members in the order in which leftover packs are given. */
    static Comparator<PartyId> drawn(String groupOrder) {
        return Comparator.<PartyId, String>comparing(
                        member -> Sha256.of((groupOrder + member.value()).getBytes(StandardCharsets.UTF_8))
                                .hex())
                .thenComparing(PartyId::value);
    }

    /**
     * Allots the supply.
     *
     * @param asked packs by member, none negative
     * @param supply packs there are; all that was asked when there are more
     * @return by member, in the order of {@link #drawn}
     */
    static SortedMap<PartyId, Long> allot(String groupOrder, Map<PartyId, Long> asked, long supply) {
        SortedMap<PartyId, Long> awards = new TreeMap<>(drawn(groupOrder));
        long left = supply;
        List<Map.Entry<PartyId, Long>> modestFirst = asked.entrySet().stream()
                .sorted(Map.Entry.<PartyId, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(drawn(groupOrder))))
                .toList();
        long level = Long.MAX_VALUE; // What those get who cannot get all they asked for.
        for (int i = 0; i < modestFirst.size(); i++) {
            long want = modestFirst.get(i).getValue();
            if (level == Long.MAX_VALUE && want > left / (modestFirst.size() - i)) {
                level = left / (modestFirst.size() - i);
            }
            long award = Math.min(want, level);
            awards.put(modestFirst.get(i).getKey(), award);
            left -= award;
        }
        for (Map.Entry<PartyId, Long> award : awards.entrySet()) {
            long want = asked.getOrDefault(award.getKey(), 0L);
            if (left > 0 && award.getValue() < want) {
                award.setValue(award.getValue() + 1);
                left--;
            }
        }
        return awards;
    }
}
