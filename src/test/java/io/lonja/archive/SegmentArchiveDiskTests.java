package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the archive promises when the disk fails or is slow. */
class SegmentArchiveDiskTests {

    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private final FaultyDisk disk = new FaultyDisk();

    @Test
    void confirmsNothingMoreAfterAForceFailed() {
        try (SegmentArchive archive = open()) {
            archive.append(ArchiveContract.draft("safe"));
            disk.failing = "force";
            assertThatThrownBy(() -> archive.append(ArchiveContract.draft("unknown")))
                    .isInstanceOf(ArchiveUnavailableException.class)
                    .hasMessageContaining("No space left on device");
            int forces = disk.forces.get();

            disk.failing = "";
            assertThatThrownBy(() -> archive.append(ArchiveContract.draft("too late")))
                    .isInstanceOf(ArchiveUnavailableException.class)
                    .hasMessageContaining("start the hub again");

            assertThat(disk.forces.get())
                    .as("a failed force is never tried again")
                    .isEqualTo(forces);
            assertThat(archive.size()).isEqualTo(1);
            assertThat(archive.payload(new EntryId(1))).asString().isEqualTo("safe");
        }
        try (SegmentArchive archive = open()) {
            assertThat(archive.size()).isBetween(1L, 2L);
            assertThat(archive.append(ArchiveContract.draft("after the repair"))
                            .id()
                            .sequence())
                    .isEqualTo(archive.size());
        }
    }

    @Test
    void confirmsNothingMoreAfterAWriteFailedHalfWay() {
        try (SegmentArchive archive = open()) {
            archive.append(ArchiveContract.draft("safe"));
            disk.failing = "write";
            assertThatThrownBy(() -> archive.append(ArchiveContract.draft("half")))
                    .isInstanceOf(ArchiveUnavailableException.class);
            disk.failing = "";
            assertThatThrownBy(() -> archive.append(ArchiveContract.draft("too late")))
                    .isInstanceOf(ArchiveUnavailableException.class);
        }
        try (SegmentArchive archive = open()) {
            assertThat(archive.size()).isEqualTo(1);
            assertThat(archive.repairs()).hasSize(1);
        }
    }

    @Test
    void confirmsNothingMoreAfterALargePayloadCouldNotBeNamed() {
        try (SegmentArchive archive = open()) {
            disk.failing = "publish";
            assertThatThrownBy(() -> archive.append(
                            Draft.of(ArchiveContract.RECEIVED, Map.of(), new byte[PayloadFiles.INLINE_BYTES_MAX + 1])))
                    .isInstanceOf(ArchiveUnavailableException.class);
            disk.failing = "";
            assertThatThrownBy(() -> archive.append(ArchiveContract.draft("too late")))
                    .isInstanceOf(ArchiveUnavailableException.class);
        }
        try (SegmentArchive archive = open()) {
            assertThat(archive.size()).isZero();
        }
    }

    @Test
    void confirmsNothingMoreAfterTheNextSegmentCouldNotBeBegun() {
        try (SegmentArchive archive = SegmentArchive.open(folder, CLOCK, disk, 100)) {
            archive.append(ArchiveContract.draft("fills the first segment"));
            disk.failing = "publish";
            assertThatThrownBy(() -> archive.append(ArchiveContract.draft("second")))
                    .isInstanceOf(ArchiveUnavailableException.class);
            assertThat(archive.size()).isEqualTo(1);
        }
        disk.failing = "";
        try (SegmentArchive archive = open()) {
            assertThat(archive.append(ArchiveContract.draft("second")).id()).isEqualTo(new EntryId(2));
        }
    }

    @Test
    void namesALargePayloadBeforeTheHeaderThatRefersToIt() {
        try (SegmentArchive archive = open()) {
            disk.done.clear();
            archive.append(Draft.of(ArchiveContract.RECEIVED, Map.of(), new byte[PayloadFiles.INLINE_BYTES_MAX + 1]));
        }
        assertThat(disk.done.subList(0, 5))
                .containsExactly("write payload", "force payload", "publish payload", "write segment", "force segment");
    }

    @Test
    void letsThoseWhoWaitForTheDiskGoTogether() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (SegmentArchive archive = open()) {
            CountDownLatch release = disk.holdForces();
            List<Future<Entry>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String text = "w" + i;
                waiting.add(threads.submit(() -> archive.append(ArchiveContract.draft(text))));
            }
            int before = disk.forces.get();
            assertThat(waiting).noneMatch(Future::isDone);
            assertThat(archive.size()).isZero();
            release.countDown();
            for (Future<Entry> each : waiting) {
                each.get(10, TimeUnit.SECONDS);
            }
            assertThat(archive.size()).isEqualTo(20);
            assertThat(disk.forces.get() - before).isLessThanOrEqualTo(20);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void isNotStoppedByACallerWhoIsInterrupted() {
        try (SegmentArchive archive = open()) {
            for (int size : List.of(10, PayloadFiles.INLINE_BYTES_MAX + 1)) {
                CompletableFuture.runAsync(() -> {
                            Thread.currentThread().interrupt();
                            try {
                                archive.append(Draft.of(ArchiveContract.RECEIVED, Map.of(), new byte[size]));
                            } catch (ArchiveUnavailableException interrupted) {
                                assertThat(size).isGreaterThan(PayloadFiles.INLINE_BYTES_MAX);
                            }
                        })
                        .join();
            }
            long size = archive.size();
            assertThat(archive.append(ArchiveContract.draft("goes on")).id()).isEqualTo(new EntryId(size + 1));
            assertThat(archive.payload(new EntryId(1))).hasSize(10);
        }
    }

    private SegmentArchive open() {
        return SegmentArchive.open(folder, CLOCK, disk, 1 << 20);
    }

    /** The machine's disk, which fails in one way while it is told to. */
    private static final class FaultyDisk implements Disk {

        private final Disk machine = Disk.ofTheMachine();
        final AtomicInteger forces = new AtomicInteger();
        final List<String> done = new ArrayList<>();
        volatile String failing = "";
        private volatile @Nullable CountDownLatch held;

        CountDownLatch holdForces() {
            CountDownLatch latch = new CountDownLatch(1);
            held = latch;
            return latch;
        }

        private synchronized void does(String what, Path file) throws IOException {
            done.add(what + (file.toString().contains("payload") ? " payload" : " segment"));
            if (failing.equals(what)) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public WritableFile open(Path file) throws IOException {
            WritableFile real = machine.open(file);
            return new WritableFile() {
                @Override
                public void write(ByteBuffer bytes, long position) throws IOException {
                    if (failing.equals("write")) {
                        real.write(bytes.slice(0, bytes.remaining() / 2), position);
                    }
                    does("write", file);
                    real.write(bytes, position);
                }

                @Override
                public void force() throws IOException {
                    forces.incrementAndGet();
                    CountDownLatch latch = held;
                    if (latch != null) {
                        try {
                            latch.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                    }
                    does("force", file);
                    real.force();
                }

                @Override
                public void truncate(long length) throws IOException {
                    real.truncate(length);
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }

        @Override
        public void publish(Path temporary, Path file) throws IOException {
            does("publish", file);
            machine.publish(temporary, file);
        }
    }
}
