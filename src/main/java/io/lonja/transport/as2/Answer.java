package io.lonja.transport.as2;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What goes back over the connection.
 *
 * @param headers by name in lower case, {@code content-type} among them when there is a body
 */
record Answer(int status, SortedMap<String, String> headers, byte[] body) {

    Answer {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    /** A sentence where no MDN was asked for, or none could name what it is about. */
    static Answer sentence(int status, String sentence) {
        return new Answer(
                status,
                new TreeMap<>(Map.of("content-type", "text/plain; charset=us-ascii")),
                (sentence + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Nothing was taken, and the same may be taken after this while. */
    static Answer again(String sentence, int seconds) {
        Answer told = sentence(503, sentence);
        TreeMap<String, String> headers = new TreeMap<>(told.headers());
        headers.put("retry-after", Integer.toString(seconds));
        return new Answer(told.status(), headers, told.body());
    }

    static Answer empty() {
        return new Answer(200, new TreeMap<>(), new byte[0]);
    }

    /** Taken; the MDN comes by another connection. */
    static Answer later() {
        return new Answer(204, new TreeMap<>(), new byte[0]);
    }
}
