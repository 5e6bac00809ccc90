package io.lonja.transport.as2;

import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.Payload;
import io.lonja.archive.Spool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the layers of one message are unpacked: small ones in memory, large ones in files of the spool, which are gone
 * when it is closed. For one thread.
 *
 * <p>A disk that fails is nobody's fault outside: it ends in {@link ArchiveUnavailableException}, not in a refusal.
 */
final class Workspace implements AutoCloseable {

    private final Spool spool;
    private final OpenerCounters counters;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<SpooledBytes, Payload> files = new HashMap<>();

    /** @param counters of what is done in it */
    /** For what is written; nothing is opened in it. */
    Workspace(Spool spool) {
        this(spool, new OpenerCounters());
    }

    Workspace(Spool spool, OpenerCounters counters) {
        this.spool = spool;
        this.counters = counters;
    }

    /** For what has a limit that memory holds, such as an MDN. */
    static Workspace inMemory() {
        return new Workspace(Spool.inMemory(), new OpenerCounters());
    }

    OpenerCounters counters() {
        return counters;
    }

    /** A payload to look at by offset. */
    Bytes of(Payload payload) {
        Path path = payload.file();
        if (path == null) {
            return Bytes.of(payload.bytes());
        }
        SpooledBytes file = new SpooledBytes(path, payload.length());
        opened.push(file);
        files.put(file, payload);
        return Bytes.of(file);
    }

    /** A part as something that can be archived, wherever it lies. */
    Payload payload(Bytes part) {
        if (part.inMemory()) {
            return Payload.of(part.toArray());
        }
        for (Map.Entry<SpooledBytes, Payload> file : files.entrySet()) {
            if (part.wholeOf(file.getKey())) {
                return file.getValue();
            }
        }
        Layer copy = layer();
        try {
            part.writeTo(copy);
        } catch (IOException e) {
            throw full(e);
        }
        return copy.payload();
    }

    /** What was put together, in one place. */
    Payload payload(Pieces pieces) throws IOException {
        Payload whole = pieces.whole();
        if (whole != null) {
            return whole;
        }
        Layer layer = layer();
        pieces.writeTo(layer);
        return layer.payload();
    }

    /** Room for the next layer. */
    Layer layer() {
        return new Layer();
    }

    /** Takes what is unpacked, and gives it back to be looked at. */
    final class Layer extends OutputStream {

        private final Spool.Sink sink = spool.begin();
        private final byte[] one = new byte[1];

        private Layer() {
            opened.push(sink);
        }

        long length() {
            return sink.length();
        }

        @Override
        public void write(int b) {
            one[0] = (byte) b;
            write(one, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            try {
                sink.write(bytes, from, count);
            } catch (IOException e) {
                throw full(e);
            }
        }

        Bytes bytes() {
            return of(payload());
        }

        Payload payload() {
            try {
                Spool.Spooled spooled = sink.finish();
                opened.push(spooled);
                return spooled.payload();
            } catch (IOException e) {
                throw full(e);
            }
        }
    }

    private static ArchiveUnavailableException full(IOException e) {
        return new ArchiveUnavailableException("A large message could not be spooled: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("A spooled file could not be closed", e);
            }
        }
    }
}
