package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every archive keeps, whatever it is stored in. */
abstract class ArchiveContract {

    static final EntryType RECEIVED = EntryType.evidence("interchange-received");
    static final EntryType NOTED = EntryType.fact("note");

    final MovableClock clock = new MovableClock(Instant.parse("2026-11-21T10:00:00.123456789Z"));
    Archive archive;

    /** Opens the same archive, again after {@link Archive#close}. */
    abstract Archive open(Clock clock);

    @BeforeEach
    void openArchive() {
        archive = open(clock);
    }

    @AfterEach
    void closeArchive() {
        archive.close();
    }

    static Draft draft(String text) {
        return Draft.of(RECEIVED, Map.of("partner", "acme", "note", text), text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] randomBytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    void reopen() {
        archive.close();
        archive = open(clock);
    }

    @Test
    void beginsEmptyWithTheRootOfTheEmptyTree() {
        assertThat(archive.size()).isZero();
        assertThat(archive.treeHead()).isEqualTo(new TreeHead(0, MerkleTree.emptyRoot()));
        assertThat(archive.entriesAfter(0, 10)).isEmpty();
    }

    @Test
    void keepsASpooledPayloadWhenItsFileIsGone(@TempDir Path home) throws IOException {
        byte[] bytes = randomBytes(Spool.MEMORY_BYTES_MAX + 70_001, 7);
        Spool spool = Spool.in(DataFolder.at(home));
        Entry entry;
        try (Spool.Spooled spooled =
                ((Spool.Taken.Whole) spool.take(new ByteArrayInputStream(bytes), bytes.length)).spooled()) {
            assertThat(spooled.payload().file()).exists();
            entry = archive.append(List.of(draft("before"), Draft.of(RECEIVED, Map.of(), spooled.payload())))
                    .get(1);
        }
        assertThat(entry.payloadLength()).isEqualTo(bytes.length);
        assertThat(entry.payloadDigest()).isEqualTo(Sha256.of(bytes));
        assertThat(archive.payload(entry.id())).isEqualTo(bytes);
        reopen();
        assertThat(archive.payload(entry.id())).isEqualTo(bytes);
    }

    @Test
    void givesBackWhatWasAppendedAlsoAfterReopening() {
        Entry first = archive.append(draft("ISA*00*ñ€😀~"));
        Entry second = archive.append(Draft.of(NOTED, Map.of(), new byte[0]));

        for (int round = 0; round < 2; round++) {
            assertThat(first.id()).isEqualTo(new EntryId(1));
            assertThat(first.arrivedAt()).isEqualTo(Instant.parse("2026-11-21T10:00:00.123456Z"));
            assertThat(first.type()).isEqualTo(RECEIVED);
            assertThat(archive.size()).isEqualTo(2);
            assertThat(archive.entry(first.id())).isEqualTo(first);
            assertThat(archive.entry(second.id())).isEqualTo(second);
            assertThat(archive.payload(first.id()))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("ISA*00*ñ€😀~");
            assertThat(archive.payload(second.id())).isEmpty();
            assertThat(archive.entriesAfter(0, 10)).containsExactly(first, second);
            assertThat(archive.entriesAfter(1, 10)).containsExactly(second);
            assertThat(archive.entriesAfter(0, 1)).containsExactly(first);
            assertThat(archive.entriesAfter(2, 10)).isEmpty();
            reopen();
        }
    }

    @Test
    void appendsABatchNextToEachOtherInItsOrder() {
        archive.append(draft("before"));
        List<Entry> batch = archive.append(List.of(draft("a"), draft("b"), draft("c")));

        assertThat(batch).extracting(entry -> entry.id().sequence()).containsExactly(2L, 3L, 4L);
        assertThat(batch).extracting(entry -> entry.attributes().get("note")).containsExactly("a", "b", "c");
        assertThat(archive.append(List.of())).isEmpty();
        assertThat(archive.size()).isEqualTo(4);
    }

    @Test
    void keepsPayloadsOnBothSidesOfFourMegabytes(@TempDir Path home) {
        int inline = 4 << 20;
        List<byte[]> payloads = List.of(randomBytes(inline - 1, 1), randomBytes(inline, 2), randomBytes(inline + 1, 3));
        List<Entry> entries = archive.append(payloads.stream()
                .map(payload -> Draft.of(RECEIVED, Map.of(), payload))
                .toList());
        reopen();

        Spool spool = Spool.in(DataFolder.at(home));
        for (int i = 0; i < payloads.size(); i++) {
            assertThat(archive.payload(entries.get(i).id())).isEqualTo(payloads.get(i));
            try (Spool.Spooled spooled = archive.payload(entries.get(i).id(), spool)) {
                assertThat(spooled.payload().file() != null).isEqualTo(payloads.get(i).length > inline);
                assertThat(spooled.payload().digest()).isEqualTo(entries.get(i).payloadDigest());
                assertThat(spooled.payload().bytes()).isEqualTo(payloads.get(i));
            }
            assertThat(home.resolve("spool")).isEmptyDirectory();
            assertThat(archive.payload(entries.get(i).id())).isEqualTo(payloads.get(i));
        }
    }

    @Test
    void neverGivesATimeBeforeThatOfTheEntryBeforeEvenAcrossARestart() {
        Entry first = archive.append(draft("first"));
        clock.advance(Duration.ofHours(-1));
        assertThat(archive.append(draft("second")).arrivedAt()).isEqualTo(first.arrivedAt());
        reopen();
        assertThat(archive.append(draft("third")).arrivedAt()).isEqualTo(first.arrivedAt());
        clock.advance(Duration.ofHours(2));
        assertThat(archive.append(draft("fourth")).arrivedAt())
                .isEqualTo(clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void saysWhichEntryIsNotThere() {
        archive.append(draft("only"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> archive.entry(new EntryId(2)))
                .withMessageContaining("no entry 2");
        assertThatIllegalArgumentException().isThrownBy(() -> archive.payload(new EntryId(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> archive.inclusionProof(new EntryId(1), 2));
        assertThatIllegalArgumentException().isThrownBy(() -> archive.inclusionProof(new EntryId(2), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> archive.consistencyProof(0, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> archive.treeHead(2));
    }

    @Test
    void provesEveryEntryAndEveryBeginning() {
        List<TreeHead> heads = new ArrayList<>(List.of(archive.treeHead()));
        for (int i = 1; i <= 37; i++) {
            archive.append(draft("entry " + i));
            heads.add(archive.treeHead());
        }
        reopen();

        assertThat(archive.treeHead()).isEqualTo(heads.get(37));
        for (Entry entry : archive.entriesAfter(0, 100)) {
            for (int size = (int) entry.id().sequence(); size <= 37; size += 6) {
                assertThat(archive.inclusionProof(entry.id(), size).leadsTo(heads.get(size), entry))
                        .isTrue();
            }
        }
        for (int older = 0; older <= 37; older++) {
            assertThat(archive.treeHead(older)).isEqualTo(heads.get(older));
            assertThat(archive.consistencyProof(older, 37).holds(heads.get(older), heads.get(37)))
                    .isTrue();
        }
    }

    @Test
    void computesTheTreeOverManyEntriesFromTheHeadersAlone() {
        for (int batch = 0; batch < 5; batch++) {
            List<Draft> drafts = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                drafts.add(Draft.of(NOTED, Map.of("n", batch + "." + i), new byte[] {(byte) i}));
            }
            archive.append(drafts);
        }
        Frontier independent = new Frontier();
        List<TreeHead> heads = new ArrayList<>(List.of(independent.head()));
        List<Entry> entries = archive.entriesAfter(0, 3_000);
        entries.forEach(entry -> {
            independent.add(MerkleTree.leaf(entry.headerBytes()), (level, index, hash) -> {});
            heads.add(independent.head());
        });

        assertThat(archive.treeHead()).isEqualTo(heads.get(2_500));
        reopen();
        assertThat(archive.treeHead()).isEqualTo(heads.get(2_500));
        for (int at : List.of(1, 2, 1_023, 1_024, 1_025, 2_047, 2_048, 2_049, 2_499, 2_500)) {
            Entry entry = entries.get(at - 1);
            assertThat(archive.inclusionProof(entry.id(), 2_500).leadsTo(heads.get(2_500), entry))
                    .isTrue();
            assertThat(archive.consistencyProof(at, 2_500).holds(heads.get(at), heads.get(2_500)))
                    .isTrue();
        }
    }

    @Test
    void putsConcurrentAppendsIntoOneSequenceWithoutGaps() throws Exception {
        int writers = 8;
        int each = 40;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<List<Entry>>> results = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            String writer = "w" + w;
            Callable<List<Entry>> work = () -> {
                List<Entry> mine = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    List<Entry> pair = archive.append(List.of(draft(writer + "/" + i), draft(writer + "/" + i + "b")));
                    assertThat(archive.size())
                            .isGreaterThanOrEqualTo(pair.get(1).id().sequence());
                    TreeHead head = archive.treeHead();
                    assertThat(archive.inclusionProof(pair.get(0).id(), head.size())
                                    .leadsTo(head, pair.get(0)))
                            .isTrue();
                    mine.addAll(pair);
                }
                return mine;
            };
            results.add(threads.submit(work));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        List<Entry> all = archive.entriesAfter(0, 10_000);
        assertThat(all).hasSize(writers * each * 2);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).id().sequence()).isEqualTo(i + 1);
        }
        for (Future<List<Entry>> result : results) {
            List<Entry> mine = result.get();
            assertThat(all).containsSubsequence(mine);
            for (int i = 0; i < mine.size(); i += 2) {
                assertThat(mine.get(i + 1).id().sequence())
                        .isEqualTo(mine.get(i).id().sequence() + 1);
            }
        }
    }

    @Test
    void acceptsNothingAfterItWasClosed() {
        archive.close();

        assertThatThrownBy(() -> archive.append(draft("late"))).isInstanceOf(ArchiveUnavailableException.class);
    }

    /** Stands still until it is moved. */
    static final class MovableClock extends Clock {

        private volatile Instant now;

        MovableClock(Instant now) {
            this.now = now;
        }

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
