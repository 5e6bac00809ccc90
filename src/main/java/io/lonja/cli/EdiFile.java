package io.lonja.cli;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that a command reads, more than once if it must. Standard input is kept for that: in memory, or in a temporary
 * file when it is long. How far the reading of a long one is, is told on standard error.
 */
final class EdiFile implements AutoCloseable {

    private static final int MEMORY_BYTES_MAX = 16 << 20;
    private static final long TOLD_FROM_BYTES = 64L << 20;
    private static final int COLUMNS = 40;
    private static final int TENTHS = 10;

    private final String name;
    private final PrintWriter told;
    private final byte @Nullable [] memory;
    private final Path path;
    private final boolean temporary;
    private final long size;
    private int readings;

    private EdiFile(String name, PrintWriter told, byte @Nullable [] memory, Path path, boolean temporary)
            throws IOException {
        this.name = name;
        this.told = told;
        this.memory = memory;
        this.path = path;
        this.temporary = temporary;
        this.size = memory == null ? Files.size(path) : memory.length;
    }

    /**
     * @param name of the file, or {@code -} for standard input
     * @param told where the progress goes
     * @throws UncheckedIOException when it cannot be read
     */
    static EdiFile open(String name, PrintWriter told) {
        try {
            if (!name.equals(EdiFiles.STANDARD_INPUT)) {
                Path path = Path.of(name);
                Files.newInputStream(path).close();
                return new EdiFile(name, told, null, path, false);
            }
            byte[] first = System.in.readNBytes(MEMORY_BYTES_MAX);
            if (first.length < MEMORY_BYTES_MAX) {
                return new EdiFile(name, told, first, Path.of(name), false);
            }
            Path kept = Files.createTempFile("lonja-", ".edi");
            try (OutputStream out = Files.newOutputStream(kept)) {
                out.write(first);
                System.in.transferTo(out);
            } catch (IOException e) {
                Files.delete(kept);
                throw e;
            }
            return new EdiFile(name, told, null, kept, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From its beginning. */
    InputStream read() throws IOException {
        InputStream in = memory == null ? Files.newInputStream(path) : new ByteArrayInputStream(memory);
        readings++;
        return size < TOLD_FROM_BYTES ? in : new Progress(in, readings == 1 ? "checking" : "writing");
    }

    @Override
    public void close() {
        if (temporary) {
            try {
                Files.delete(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A bar that is drawn over itself on a terminal, and a line for each tenth elsewhere. */
    private final class Progress extends FilterInputStream {

        private final boolean terminal = System.console() != null;
        private final int steps = terminal ? COLUMNS : TENTHS;
        private final String what;
        private long read;
        private int shown;

        Progress(InputStream in, String what) {
            super(in);
            this.what = what;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            show(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = super.read(into, from, length);
            show(Math.max(count, 0));
            return count;
        }

        private void show(int count) {
            read += count;
            int step = (int) Math.min(steps, read * steps / size);
            if (step == shown) {
                return;
            }
            shown = step;
            long percent = Math.min(100, read * 100 / size);
            if (terminal) {
                String bar = "#".repeat(step) + ".".repeat(steps - step);
                told.print("\r%s %s [%s] %d %%%s".formatted(what, name, bar, percent, step == steps ? "\n" : ""));
            } else {
                told.println("%s %s: %d %% of %,d bytes".formatted(what, name, percent, size));
            }
            told.flush();
        }
    }
}
