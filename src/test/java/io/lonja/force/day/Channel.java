package io.lonja.force.day;

import java.io.IOException;
import java.util.List;

/** How one partner hands interchanges to the hub and takes those that the hub has for it. */
interface Channel extends AutoCloseable {

    /** The hub has it for good when this returns. */
    void bring(byte[] interchange) throws IOException;

    /** What was brought last, with the same bytes, as after an answer that was lost: it is taken for the same. */
    void bringAgain(byte[] interchange) throws IOException;

    /** What came or waits, each once; the hub learns that it arrived. */
    List<byte[]> collect() throws IOException;

    @Override
    default void close() throws IOException {}
}
