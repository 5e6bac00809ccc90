package io.lonja.archive;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.IntStream;

/** A process of its own that appends with four threads until it is killed, and says what was confirmed to it. */
final class AppendingProcess {

    private AppendingProcess() {}

    public static void main(String[] arguments) {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        SegmentArchive archive =
                SegmentArchive.open(Path.of(arguments[0]), Clock.systemUTC(), Disk.ofTheMachine(), 20_000);
        IntStream.range(0, 4)
                .forEach(writer -> new Thread(() -> {
                            for (int i = 0; ; i++) {
                                String text = "%s/%d/%d".formatted(arguments[1], writer, i);
                                Entry entry = archive.append(ArchiveContract.draft(text));
                                answers.println(entry.id() + " " + text + ".");
                            }
                        })
                        .start());
    }
}
