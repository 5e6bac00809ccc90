package io.lonja.archive;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The header of one archived entry. The payload is read by {@link Archive#payload}.
 *
 * @param arrivedAt given at append, microseconds, never before that of the preceding entry
 * @param attributes short texts that describe the payload, sorted by name; part of what the tree head proves
 * @param payloadDigest SHA-256 of the payload, checked at every read
 * @param payloadLength bytes
 */
public record Entry(
        EntryId id,
        EntryType type,
        Instant arrivedAt,
        SortedMap<String, String> attributes,
        Sha256 payloadDigest,
        long payloadLength) {

    /**
     * Attribute of evidence that goes out: the party it is owed to. Whoever appends such an entry owes it from then on,
     * and {@code delivery} follows it until it is confirmed or abandoned.
     */
    public static final String DELIVER_TO = "deliver-to";

    /** Attribute of outgoing evidence: what it is, {@code 997}, {@code TA1}. */
    public static final String DELIVER_AS = "deliver-as";

    /** Attribute that names the receipt this entry is about, by its sequence. */
    public static final String ABOUT = "about";

    public Entry {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }
}
