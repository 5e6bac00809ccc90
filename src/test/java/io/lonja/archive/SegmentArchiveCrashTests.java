package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is left of a segment archive when the process or the disk did not do as they should. */
class SegmentArchiveCrashTests {

    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path temporary;

    /** Hundreds of cuts on purpose need not be told. */
    @BeforeEach
    void silence() {
        ((Logger) LoggerFactory.getLogger(SegmentArchive.class)).setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        ((Logger) LoggerFactory.getLogger(SegmentArchive.class)).setLevel(null);
    }

    @Test
    void cutsATornBatchAtEveryByteAndKeepsEverythingBefore() throws IOException {
        Path folder = temporary.resolve("archive");
        Path crashed = temporary.resolve("crashed");
        TreeHead before;
        long lengthBefore;
        try (SegmentArchive archive = SegmentArchive.open(folder, CLOCK)) {
            archive.append(ArchiveContract.draft("one"));
            archive.append(List.of(ArchiveContract.draft("two"), ArchiveContract.draft("three")));
            before = archive.treeHead();
            lengthBefore = Files.size(segment(folder));
            archive.append(List.of(ArchiveContract.draft("four"), ArchiveContract.draft("five")));
            copy(folder, crashed);
        }
        byte[] whole = Files.readAllBytes(segment(crashed));

        for (int length = (int) lengthBefore; length < whole.length; length++) {
            byte[] torn = new byte[length];
            System.arraycopy(whole, 0, torn, 0, length);
            Files.write(segment(crashed), torn);
            try (SegmentArchive archive = SegmentArchive.open(crashed, CLOCK)) {
                assertThat(archive.treeHead()).isEqualTo(before);
                if (length == lengthBefore) {
                    assertThat(archive.repairs()).isEmpty();
                } else {
                    assertThat(archive.repairs())
                            .singleElement()
                            .asString()
                            .contains(segment(crashed).toString(), "offset " + lengthBefore);
                    assertThat(crashed.resolve(segment(crashed).getFileName() + ".torn-" + lengthBefore))
                            .hasSize(length - lengthBefore);
                }
                if (length % 16 == 0) {
                    assertThat(archive.append(ArchiveContract.draft("again")).id())
                            .isEqualTo(new EntryId(4));
                }
            }
            if (length % 16 == 0) {
                try (SegmentArchive archive = SegmentArchive.open(crashed, CLOCK)) {
                    assertThat(archive.repairs()).isEmpty();
                    assertThat(archive.size()).isEqualTo(4);
                }
            }
        }
    }

    @Test
    void cutsALastFrameWhoseBytesCameToTheDiskInAnotherOrder() throws IOException {
        Path folder = temporary.resolve("archive");
        Path crashed = temporary.resolve("crashed");
        long lengthBefore;
        try (SegmentArchive archive = SegmentArchive.open(folder, CLOCK)) {
            archive.append(ArchiveContract.draft("one"));
            lengthBefore = Files.size(segment(folder));
            archive.append(ArchiveContract.draft("two"));
            copy(folder, crashed);
        }
        byte[] whole = Files.readAllBytes(segment(crashed));
        for (int at = (int) lengthBefore; at < whole.length; at++) {
            byte[] holed = whole.clone();
            holed[at] ^= 0x55;
            Files.write(segment(crashed), holed);
            try (SegmentArchive archive = SegmentArchive.open(crashed, CLOCK)) {
                assertThat(archive.size()).isEqualTo(1);
                assertThat(archive.repairs()).hasSize(1);
            }
        }
    }

    @Test
    void refusesToStartOverAnyChangedByteBeforeTheLastWrite() throws IOException {
        Path folder = temporary.resolve("archive");
        try (SegmentArchive archive = SegmentArchive.open(folder, CLOCK)) {
            archive.append(List.of(ArchiveContract.draft("one"), ArchiveContract.draft("two")));
        }
        byte[] whole = Files.readAllBytes(segment(folder));
        int seal = SegmentFormat.FRAME_BYTES + SegmentFormat.RECORD_BYTES + Sha256.BYTES;
        for (int at = 0; at < whole.length - seal; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << at % 8);
            Files.write(segment(folder), changed);
            assertThatThrownBy(() -> SegmentArchive.open(folder, CLOCK))
                    .as("byte %d", at)
                    .isInstanceOf(ArchiveDamagedException.class)
                    .hasMessageContaining(segment(folder).toString())
                    .hasMessageContaining("offset ");
        }
        Files.write(segment(folder), whole);
        SegmentArchive.open(folder, CLOCK).close();
    }

    @Test
    void refusesToStartWhenASegmentIsMissingOrOfAnotherHistory() throws IOException {
        Path folder = temporary.resolve("archive");
        Path other = temporary.resolve("other");
        for (Path each : List.of(folder, other)) {
            try (SegmentArchive archive = SegmentArchive.open(each, CLOCK, Disk.ofTheMachine(), 100)) {
                for (int i = 0; i < 4; i++) {
                    archive.append(ArchiveContract.draft(each.getFileName() + " " + i));
                }
            }
        }
        Path second = SegmentFormat.file(folder, 2);
        byte[] genuine = Files.readAllBytes(second);

        Files.delete(second);
        assertThatThrownBy(() -> SegmentArchive.open(folder, CLOCK))
                .isInstanceOf(ArchiveDamagedException.class)
                .hasMessageContaining("a segment is missing");
        Files.write(second, Files.readAllBytes(SegmentFormat.file(other, 2)));
        assertThatThrownBy(() -> SegmentArchive.open(folder, CLOCK))
                .isInstanceOf(ArchiveDamagedException.class)
                .hasMessageContaining("not those it was written after");
        Files.write(second, Arrays.copyOf(genuine, genuine.length - 1));
        assertThatThrownBy(() -> SegmentArchive.open(folder, CLOCK)).isInstanceOf(ArchiveDamagedException.class);
        Files.write(second, genuine);
        SegmentArchive.open(folder, CLOCK).close();
    }

    @Test
    void namesTheEntryWhosePayloadWasChangedOnTheRunningDisk() throws IOException {
        Path folder = temporary.resolve("archive");
        byte[] large = ArchiveContract.randomBytes((4 << 20) + 1, 5);
        try (SegmentArchive archive = SegmentArchive.open(folder, CLOCK)) {
            Entry inline = archive.append(ArchiveContract.draft("genuine payload"));
            Entry file = archive.append(Draft.of(ArchiveContract.RECEIVED, Map.of(), large));
            byte[] bytes = Files.readAllBytes(segment(folder));
            int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("genuine payload");
            bytes[at] ^= 1;
            Files.write(segment(folder), bytes);
            assertThatThrownBy(() -> archive.payload(inline.id()))
                    .isInstanceOf(ArchiveDamagedException.class)
                    .hasMessageContaining("Entry 1");

            Path own = largeFile(folder);
            large[77] ^= 1;
            Files.write(own, large);
            assertThatThrownBy(() -> archive.payload(file.id()))
                    .isInstanceOf(ArchiveDamagedException.class)
                    .hasMessageContaining("Entry 2");
            Spool spool = Spool.in(DataFolder.at(temporary.resolve("home")));
            assertThatThrownBy(() -> archive.payload(file.id(), spool))
                    .isInstanceOf(ArchiveDamagedException.class)
                    .hasMessageContaining("Entry 2");
            assertThat(temporary.resolve("home/spool")).isEmptyDirectory();
            Files.write(own, new byte[7]);
            assertThatThrownBy(() -> archive.payload(file.id())).isInstanceOf(ArchiveDamagedException.class);
        }
        assertThatThrownBy(() -> SegmentArchive.open(folder, CLOCK)).isInstanceOf(ArchiveDamagedException.class);
    }

    @Test
    void removesWhatWasNeverNamed() throws IOException {
        Path folder = temporary.resolve("archive");
        SegmentArchive.open(folder, CLOCK).close();
        Path payload = Files.write(folder.resolve("payloads").resolve("x.payload.part"), new byte[9]);
        Path next = Files.write(folder.resolve("00000000000000000007.segment.part"), new byte[9]);

        SegmentArchive.open(folder, CLOCK).close();

        assertThat(payload).doesNotExist();
        assertThat(next).doesNotExist();
    }

    @Test
    void tellsASecondProcessWhoHasTheArchive() {
        Path folder = temporary.resolve("archive");
        try (SegmentArchive first = SegmentArchive.open(folder, CLOCK)) {
            assertThatThrownBy(() -> SegmentArchive.open(folder, CLOCK))
                    .isInstanceOf(ArchiveUnavailableException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
            assertThat(first.append(ArchiveContract.draft("still mine")).id()).isEqualTo(new EntryId(1));
        }
        SegmentArchive.open(folder, CLOCK).close();
    }

    @Test
    void keepsEverythingThatWasConfirmedWhenTheProcessIsKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path folder = temporary.resolve("archive");
        List<String> confirmed = new ArrayList<>();
        for (int kill = 0; kill < 3; kill++) {
            Process child = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            AppendingProcess.class.getName(),
                            folder.toString(),
                            kill + "." + seed)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            int enough = 100 + random.nextInt(400);
            try (BufferedReader answers =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                String answer;
                for (int i = 0; (answer = answers.readLine()) != null; i++) {
                    if (i == enough) {
                        child.toHandle().destroyForcibly(); // leaves the pipe to be read to its end
                    }
                    if (answer.endsWith(".")) { // a line that the kill cut in two confirms nothing
                        confirmed.add(answer.substring(0, answer.length() - 1));
                    }
                }
            }
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        try (SegmentArchive archive = SegmentArchive.open(folder, CLOCK)) {
            assertThat(confirmed).as("seed %d", seed).hasSizeGreaterThan(300).doesNotHaveDuplicates();
            for (String answer : confirmed) {
                String[] sequenceAndText = answer.split(" ");
                EntryId id = new EntryId(Long.parseLong(sequenceAndText[0]));
                assertThat(archive.payload(id))
                        .as("seed %d", seed)
                        .isEqualTo(sequenceAndText[1].getBytes(StandardCharsets.UTF_8));
            }
            assertThat(archive.entriesAfter(0, 10_000)).hasSize((int) Math.min(10_000, archive.size()));
        }
    }

    private static Path segment(Path folder) {
        return SegmentFormat.file(folder, 1);
    }

    private static Path largeFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("payloads"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
