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

    /**
     * Attribute of outgoing evidence that does not leave by the channel that its partner wants documents by: the seam
     * that takes it, {@code mdn}. It has a lane of its own, and nobody fetches it.
     */
    public static final String DELIVER_BY = "deliver-by";

    /** Attribute that names the receipt this entry is about, by its sequence. */
    public static final String ABOUT = "about";

    public Entry {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /**
     * The header in its one spelling, version 1: the leaf of the Merkle tree. Big-endian: version (1 byte, 1), sequence
     * (8), arrivedAt in microseconds since 1970 UTC (8), kind (1; 0 evidence, 1 fact), payload length (8), SHA-256 of
     * the payload (32), type name, number of attributes (2), then name and value of each, sorted by name; texts are
     * UTF-8 after their length (2).
     */
    public byte[] headerBytes() {
        return EntryHeader.encode(this);
    }

    /**
     * The entry whose header this is.
     *
     * @throws IllegalArgumentException when these bytes are no header of a version that this release knows
     */
    public static Entry fromHeaderBytes(byte[] header) {
        return EntryHeader.decode(header);
    }
}
