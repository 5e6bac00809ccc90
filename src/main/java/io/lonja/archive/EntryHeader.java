package io.lonja.archive;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The one spelling of a header in bytes, version 1. It is stored, and it is the leaf of the Merkle tree, so it never
 * changes for an entry once written; a later version gets another first byte. All numbers are big-endian.
 *
 * <pre>
 * bytes
 *   1   version, 1
 *   8   sequence
 *   8   arrivedAt, microseconds since 1970-01-01T00:00:00Z
 *   1   kind: 0 evidence, 1 fact
 *   8   length of the payload
 *  32   SHA-256 of the payload
 *   2+n name of the type: length, UTF-8
 *   2   number of attributes, then for each, in the order of their names by UTF-16 code units:
 *   2+n name: length, UTF-8
 *   2+n value: length, UTF-8
 * </pre>
 */
final class EntryHeader {

    private static final byte VERSION = 1;
    private static final int FIXED_BYTES = 1 + 8 + 8 + 1 + 8 + Sha256.BYTES;

    private EntryHeader() {}

    static byte[] encode(Entry entry) {
        byte[] type = utf8(entry.type().name());
        int length = FIXED_BYTES + 2 + type.length + 2;
        byte[][] texts = new byte[entry.attributes().size() * 2][];
        int at = 0;
        for (Map.Entry<String, String> attribute : entry.attributes().entrySet()) {
            texts[at++] = utf8(attribute.getKey());
            texts[at++] = utf8(attribute.getValue());
            length += 4 + texts[at - 2].length + texts[at - 1].length;
        }
        ByteBuffer header = ByteBuffer.allocate(length)
                .put(VERSION)
                .putLong(entry.id().sequence())
                .putLong(micros(entry.arrivedAt()))
                .put((byte) entry.type().kind().ordinal())
                .putLong(entry.payloadLength())
                .put(entry.payloadDigest().bytes());
        put(header, type);
        header.putShort((short) entry.attributes().size());
        for (byte[] text : texts) {
            put(header, text);
        }
        return header.array();
    }

    /** Throws {@link IllegalArgumentException} when these bytes are no header of a known version. */
    static Entry decode(byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        try {
            byte version = header.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "This is an entry header of version %d; this release knows version 1".formatted(version));
            }
            EntryId id = new EntryId(header.getLong());
            Instant arrivedAt = instant(header.getLong());
            EntryType.Kind kind = EntryType.Kind.values()[header.get()];
            long payloadLength = header.getLong();
            byte[] digest = new byte[Sha256.BYTES];
            header.get(digest);
            EntryType type = new EntryType(kind, text(header));
            SortedMap<String, String> attributes = new TreeMap<>();
            for (int left = Short.toUnsignedInt(header.getShort()); left > 0; left--) {
                attributes.put(text(header), text(header));
            }
            if (header.hasRemaining()) {
                throw new IllegalArgumentException("An entry header has bytes after its end");
            }
            return new Entry(id, type, arrivedAt, attributes, Sha256.fromBytes(digest), payloadLength);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("These bytes are not an entry header", e);
        }
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Throws {@link IllegalArgumentException} for a lone surrogate, which UTF-8 cannot hold. */
    static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("A text holds half a character (a lone surrogate)", e);
        }
    }

    private static void put(ByteBuffer header, byte[] text) {
        header.putShort((short) text.length).put(text);
    }

    private static String text(ByteBuffer header) {
        byte[] bytes = new byte[Short.toUnsignedInt(header.getShort())];
        header.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
