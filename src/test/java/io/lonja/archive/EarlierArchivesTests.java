package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that earlier releases wrote, {@code src/test/resources/archives}: every later release reads them. */
class EarlierArchivesTests {

    private static final Path ARCHIVES = Path.of("src/test/resources/archives");
    private static final byte[] LARGE = new byte[(4 << 20) + 1];

    static {
        Arrays.fill(LARGE, (byte) '~');
    }

    @TempDir
    Path temporary;

    @Test
    void readsTheArchiveOfFormatVersionOne() throws IOException {
        Path copy = temporary.resolve("v1");
        try (Stream<Path> files = Files.walk(ARCHIVES.resolve("v1"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(ARCHIVES.resolve("v1").relativize(file)));
            }
        }
        // Too large to be kept with the sources, and the same byte throughout.
        String name = Files.readString(copy.resolve("large-payload.txt")).strip();
        Files.createDirectories(copy.resolve("payloads"));
        Files.write(copy.resolve("payloads").resolve(name), LARGE);
        try (SegmentArchive archive = SegmentArchive.open(copy, Clock.systemUTC())) {
            assertThat(archive.repairs()).isEmpty();
            assertThat(archive.treeHead())
                    .hasToString(Files.readString(copy.resolve("tree-head.txt")).strip());
            List<Entry> entries = archive.entriesAfter(0, 10);
            assertThat(entries)
                    .extracting(entry -> entry.type().name())
                    .containsExactly(
                            "interchange-received", "interchange-read", "acknowledgment-sent", "interchange-received");
            assertThat(entries.get(0).attributes())
                    .containsEntry("partner", "acme")
                    .containsEntry("name", "ñ€😀");
            assertThat(entries.get(0).arrivedAt()).isEqualTo(Instant.parse("2026-11-21T10:00:00.123456Z"));
            assertThat(archive.payload(new EntryId(1)))
                    .asString(StandardCharsets.UTF_8)
                    .startsWith("ISA*00*");
            assertThat(archive.payload(new EntryId(2))).asString().isEqualTo("{\"decision\":\"new\"}");
            assertThat(archive.payload(new EntryId(4))).isEqualTo(LARGE);
            for (Entry entry : entries) {
                assertThat(archive.inclusionProof(entry.id(), 4).leadsTo(archive.treeHead(), entry))
                        .isTrue();
            }
        }
    }

    /** Writes what is kept: run with {@code -Dtest=EarlierArchivesTests -Dtest.tags.excluded= -Dlonja.write-archive=…}. */
    @Test
    @Tag("long")
    void writesAnArchiveToKeep() throws IOException {
        Path folder = Path.of(System.getProperty(
                "lonja.write-archive", temporary.resolve("new").toString()));
        Clock clock = new ArchiveContract.MovableClock(Instant.parse("2026-11-21T10:00:00.123456Z"));
        try (SegmentArchive archive = SegmentArchive.open(folder, clock, Disk.ofTheMachine(), 300)) {
            archive.append(Draft.of(
                    EntryType.evidence("interchange-received"),
                    Map.of("partner", "acme", "name", "ñ€😀"),
                    "ISA*00*          *00*          *ZZ*ACMEFOODS      *ZZ*LONJA          *261121*1000*U*00401*000000001*0*P*>~"
                            .getBytes(StandardCharsets.UTF_8)));
            archive.append(List.of(
                    Draft.of(
                            EntryType.fact("interchange-read"),
                            Map.of(Entry.ABOUT, "1"),
                            CanonicalJson.write(Map.of("decision", "new"))),
                    Draft.of(
                            EntryType.evidence("acknowledgment-sent"),
                            Map.of(Entry.ABOUT, "1", Entry.DELIVER_TO, "acme", Entry.DELIVER_AS, "997"),
                            "ST*997*0001~".getBytes(StandardCharsets.UTF_8))));
            archive.append(Draft.of(EntryType.evidence("interchange-received"), Map.of("partner", "acme"), LARGE));
            Files.writeString(folder.resolve("tree-head.txt"), archive.treeHead() + "\n");
        }
        try (Stream<Path> payloads = Files.list(folder.resolve("payloads"))) {
            Path only = payloads.findFirst().orElseThrow();
            Files.writeString(folder.resolve("large-payload.txt"), only.getFileName() + "\n");
        }
        assertThat(folder.resolve("tree-head.txt")).isNotEmptyFile();
    }
}
