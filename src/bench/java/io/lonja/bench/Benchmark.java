package io.lonja.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One benchmark. {@code -Dbench=edi} runs the class {@code EdiBenchmark} of this package: another one is one more
 * class, and its bars in {@code src/bench/bars.json}.
 */
public interface Benchmark {

    /**
     * How long to measure.
     *
     * @param rounds at least five; in each round every side runs once
     * @param turn how long one side runs in one round
     * @param isShort under a minute in all, so that what takes longer is left out
     * @param folder on the disk of the work tree, empty, removed afterwards
     */
    record Plan(int rounds, Duration turn, boolean isShort, Path folder) {}

    /** Measures, and checks what both sides did; throws when a side did not do its work. */
    List<Figure> measure(Plan plan) throws Exception;

    /** Versions of the peers, by name. */
    default Map<String, String> versions() throws Exception {
        return Map.of();
    }
}
