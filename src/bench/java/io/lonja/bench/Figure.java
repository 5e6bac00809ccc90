package io.lonja.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one thing, round by round.
 *
 * @param name what the bar is looked up by
 * @param samples one per round, in {@code unit}
 * @param against what it is compared with, or null
 * @param peers the peer's figure of the same round; empty without a peer
 */
public record Figure(String name, String unit, List<Double> samples, @Nullable String against, List<Double> peers) {

    public Figure {
        samples = List.copyOf(samples);
        peers = List.copyOf(peers);
        if (against != null && peers.size() != samples.size()) {
            throw new IllegalArgumentException("Each round needs both sides: " + name);
        }
    }

    /** The median over the rounds. */
    public double value() {
        return median(samples);
    }

    /** How many times the peer, round by round, so that a slow minute of the machine slows both sides. */
    public List<Double> ratios() {
        return IntStream.range(0, peers.size())
                .mapToObj(round -> samples.get(round) / peers.get(round))
                .toList();
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
