package io.lonja.consortium;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.party.PartyId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EqualAwardsTests {

    private static final int CASES = 4_000;

    @Test
    void everybodyGetsAllWhenThereIsEnough() {
        assertThat(EqualAwards.allot("7", asked(3, 5, 0), 8)).containsAllEntriesOf(asked(3, 5, 0));
    }

    @Test
    void whoAsksForLittleGetsItAndTheOthersGetTheSame() {
        assertThat(EqualAwards.allot("7", asked(2, 30, 90), 22)).containsAllEntriesOf(asked(2, 10, 10));
    }

    @Test
    void aPackThatIsLeftOverGoesToTheOneThatWasDrawnAndNotToTheOneThatAskedForMost() {
        PartyId first = Collections.min(asked(5, 6, 900).keySet(), EqualAwards.drawn("7"));
        assertThat(EqualAwards.allot("7", asked(5, 6, 900), 10)).containsEntry(first, 4L);
        assertThat(EqualAwards.allot("7", asked(5, 6, 900), 10).values()).containsExactlyInAnyOrder(3L, 3L, 4L);
    }

    @Test
    void nothingIsLostNobodyGetsMoreThanAskedAndTheOrderOfAskingIsNothing() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Map<PartyId, Long> asked = random(random);
            long supply = random.nextInt(120);
            Map<PartyId, Long> awards = EqualAwards.allot("" + seed, asked, supply);
            long all = asked.values().stream().mapToLong(Long::longValue).sum();
            assertThat(awards.values().stream().mapToLong(Long::longValue).sum())
                    .as("seed %d", seed)
                    .isEqualTo(Math.min(supply, all));
            awards.forEach((member, award) -> assertThat(award).isBetween(0L, asked.get(member)));
            List<PartyId> shuffled = new ArrayList<>(asked.keySet());
            Collections.shuffle(shuffled, random);
            Map<PartyId, Long> otherwise = new LinkedHashMap<>();
            shuffled.forEach(member -> otherwise.put(member, asked.get(member)));
            assertThat(EqualAwards.allot("" + seed, otherwise, supply))
                    .as("seed %d", seed)
                    .isEqualTo(awards);
        }
    }

    /** Whoever asks for another amount than it needs never gets more of what it needs. */
    @Test
    void nobodyGainsByAskingForMoreOrLess() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Map<PartyId, Long> needs = random(random);
            long supply = random.nextInt(120);
            Map<PartyId, Long> honest = EqualAwards.allot("" + seed, needs, supply);
            for (PartyId member : needs.keySet()) {
                Map<PartyId, Long> lie = new LinkedHashMap<>(needs);
                lie.put(member, (long) random.nextInt(200));
                long useful = Math.min(
                        needs.get(member),
                        EqualAwards.allot("" + seed, lie, supply).get(member));
                assertThat(useful).as("seed %d, %s", seed, member).isLessThanOrEqualTo(honest.get(member));
            }
        }
    }

    private static Map<PartyId, Long> random(Random random) {
        Map<PartyId, Long> asked = new LinkedHashMap<>();
        for (int member = 1 + random.nextInt(7); member > 0; member--) {
            asked.put(new PartyId("m" + member), (long) random.nextInt(40));
        }
        return asked;
    }

    private static Map<PartyId, Long> asked(long one, long two, long three) {
        return Map.of(new PartyId("one"), one, new PartyId("two"), two, new PartyId("three"), three);
    }
}
