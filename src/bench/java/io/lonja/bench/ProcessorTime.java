package io.lonja.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What another JVM used of the processors since its start, and which of its threads did.
 *
 * @param total garbage collection and compilation included; counted in hundredths of a second
 * @param threads by name and id; those that have ended are not in it
 */
record ProcessorTime(Duration total, Map<String, Duration> threads) {

    /** {@code "main" #1 prio=5 os_prio=0 cpu=413.21ms elapsed=2.31s tid=…} */
    private static final Pattern THREAD = Pattern.compile("(?m)^\"(.*)\" .*cpu=([0-9.]+)ms .* tid=([0-9a-fx]+)");

    private static final Duration LOOKED_AT = Duration.ofMillis(100);
    private static final double IDLE = 0.15;
    private static final Duration IDLE_WITHIN = Duration.ofMinutes(5);

    static ProcessorTime of(ProcessHandle process) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "Thread.print")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, Duration> threads = new TreeMap<>();
        Matcher matcher = THREAD.matcher(said);
        while (matcher.find()) {
            threads.put(
                    matcher.group(1) + " " + matcher.group(3),
                    Duration.ofNanos((long) (Double.parseDouble(matcher.group(2)) * 1e6)));
        }
        if (threads.isEmpty()) {
            throw new IllegalStateException("No threads in what jcmd says: " + said);
        }
        return new ProcessorTime(total(process), threads);
    }

    private static Duration total(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("The process %d has ended".formatted(process.pid())));
    }

    double secondsSince(ProcessorTime earlier) {
        return total.minus(earlier.total).toNanos() / 1e9;
    }

    /** What the threads with these names used. */
    double secondsSince(ProcessorTime earlier, Pattern names) {
        return threads.entrySet().stream()
                        .filter(thread -> names.matcher(thread.getKey()).matches())
                        .mapToLong(thread -> thread.getValue()
                                .minus(earlier.threads.getOrDefault(thread.getKey(), Duration.ZERO))
                                .toNanos())
                        .sum()
                / 1e9;
    }

    /** Returns when the process has nothing to do any more. */
    static void awaitIdle(ProcessHandle process) {
        long end = System.nanoTime() + IDLE_WITHIN.toNanos();
        Duration before = total(process);
        int quiet = 0;
        while (quiet < 3) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The process %d does not come to rest".formatted(process.pid()));
            }
            long from = System.nanoTime();
            LockSupport.parkNanos(LOOKED_AT.toNanos());
            Duration now = total(process);
            boolean idle = now.minus(before).toNanos() < IDLE * (System.nanoTime() - from);
            quiet = idle ? quiet + 1 : 0;
            before = now;
        }
    }
}
