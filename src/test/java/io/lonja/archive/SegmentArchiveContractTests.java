package io.lonja.archive;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

/** The contract over segment files, which roll often here. */
class SegmentArchiveContractTests extends ArchiveContract {

    @TempDir
    Path folder;

    @Override
    Archive open(Clock clock) {
        return SegmentArchive.open(folder, clock, Disk.ofTheMachine(), 10_000);
    }
}
