package io.lonja.bench;

import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.archive.SegmentArchive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Durable appends of 2 KB per second by 1, 8 and 64 writers, beside the limit of the disk: one thread that writes 2 KB
 * to the end of a file and forces it, again and again. All four take turns within each round.
 */
public final class ArchiveBenchmark implements Benchmark {

    private static final int PAYLOAD_BYTES = 2_048;
    private static final List<Integer> WRITERS = List.of(1, 8, 64);
    private static final String BARE = "bare write and force";
    private static final EntryType TYPE = EntryType.evidence("interchange-received");

    private final byte[] payload = new byte[PAYLOAD_BYTES];

    @Override
    public List<Figure> measure(Plan plan) throws Exception {
        new Random(2_026).nextBytes(payload);
        Map<String, List<Double>> samples = new TreeMap<>();
        List<Integer> sides = new ArrayList<>(WRITERS);
        sides.add(0);
        for (int round = -1; round < plan.rounds(); round++) { // the first one warms up and is not kept
            for (int writers : sides) {
                Path folder = Files.createDirectory(plan.folder().resolve(round + "-" + writers));
                double perSecond = writers == 0 ? bare(folder, plan.turn()) : archive(folder, writers, plan.turn());
                if (round >= 0) {
                    samples.computeIfAbsent(name(writers), name -> new ArrayList<>()).add(perSecond);
                }
            }
            Collections.rotate(sides, 1);
        }
        List<Double> limit = samples.getOrDefault(name(0), List.of());
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(name(0), "forces/s", limit, null, List.of()));
        for (int writers : WRITERS) {
            figures.add(new Figure(
                    name(writers), "appends/s", samples.getOrDefault(name(writers), List.of()), BARE, limit));
        }
        return figures;
    }

    private static String name(int writers) {
        return writers == 0 ? BARE : writers == 1 ? "append, 1 writer" : "append, %d writers".formatted(writers);
    }

    private double bare(Path folder, Duration turn) throws IOException {
        Path file = folder.resolve("bare");
        long start = System.nanoTime();
        long end = start + turn.toNanos();
        long count = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(PAYLOAD_BYTES).put(payload);
            while (System.nanoTime() < end) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
                count++;
            }
        }
        double perSecond = count * 1e9 / (System.nanoTime() - start);
        if (Files.size(file) != count * PAYLOAD_BYTES) {
            throw new IllegalStateException("The bare loop wrote %d bytes, not %d".formatted(Files.size(file), count));
        }
        return perSecond;
    }

    private double archive(Path folder, int writers, Duration turn) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        long confirmed = 0;
        double perSecond;
        try (SegmentArchive archive = SegmentArchive.open(folder, Clock.systemUTC())) {
            long start = System.nanoTime();
            long end = start + turn.toNanos();
            Callable<Long> writer = () -> {
                long count = 0;
                while (System.nanoTime() < end) {
                    archive.append(Draft.of(TYPE, Map.of("partner", "acme", "channel", "https"), payload));
                    count++;
                }
                return count;
            };
            List<Future<Long>> counts = threads.invokeAll(Collections.nCopies(writers, writer));
            for (Future<Long> count : counts) {
                confirmed += count.get();
            }
            perSecond = confirmed * 1e9 / (System.nanoTime() - start);
        } finally {
            threads.shutdown();
        }
        verify(folder, confirmed);
        return perSecond;
    }

    /** Opens the archive again, which checks every checksum, and looks at entries from all over. */
    private void verify(Path folder, long confirmed) {
        try (Archive archive = SegmentArchive.open(folder, Clock.systemUTC())) {
            if (archive.size() != confirmed) {
                throw new IllegalStateException("%d were confirmed, %d are there".formatted(confirmed, archive.size()));
            }
            long step = Math.max(1, confirmed / 50);
            for (long at = 0; at < confirmed; at += step) {
                Entry entry = archive.entriesAfter(at, 1).get(0);
                if (!Arrays.equals(archive.payload(entry.id()), payload)
                        || !archive.inclusionProof(entry.id(), confirmed).leadsTo(archive.treeHead(), entry)) {
                    throw new IllegalStateException("Entry %s is not what was appended".formatted(entry.id()));
                }
            }
        }
    }
}
