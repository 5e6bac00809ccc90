package io.lonja.transport.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that a client holds open. Used by one thread at a time. */
interface OpenFile {

    Listed stat() throws IOException;

    /** Reads into the buffer as far as there is something; nothing read means the end. */
    default void read(long offset, ByteBuffer into) throws IOException {
        throw Refusal.denied("Files in /inbox are only written; what is for you to read lies in /outbox.");
    }

    default void write(long offset, ByteBuffer bytes) throws IOException {
        throw Refusal.denied("Files in /outbox are only read; upload into /inbox.");
    }

    /** Cuts the file to this length. */
    default void truncate(long length) throws IOException {
        throw Refusal.denied("Files in /outbox are only read; upload into /inbox.");
    }

    /** Returns when what was written so far is on the disk. */
    default void sync() throws IOException {}

    /** The client closed it: the promise is given here, or refused. */
    void close() throws IOException;

    /** The client is gone without closing it. */
    void abandon();
}
