package io.lonja.archive;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Segment files, format version 1. A segment is named by the sequence of its first entry
 * ({@code 00000000000000000001.segment}) and is only ever appended to. All numbers are big-endian; every checksum is
 * CRC-32C, begun with the salt of the segment, so that bytes of a payload cannot pass for a part of the archive.
 *
 * <pre>
 * segment head, 64 bytes
 *   8  "LONJASEG"
 *   4  format version, 1
 *   8  salt, random
 *   8  sequence of the first entry
 *  32  Merkle tree hash of all entries before it
 *   4  checksum of the 60 bytes before
 *
 * then frames; one frame is one group commit, written and forced before the next one begins, so that a crash can
 * tear only the last one
 *   4  "LJFR"
 *   4  length of the records
 *   8  sequence of the first entry
 *   4  number of entries
 *   4  checksum of the 20 bytes before
 *      records
 *
 * record
 *   1  kind
 *   4  length of the content
 *   4  checksum of kind, length and content
 *      content
 * kinds
 *   1  header: {@link EntryHeader}; followed by one of
 *   2  payload: its bytes
 *   3  payload in a file of its own: the name of the file in the folder payloads
 *   4  seal, alone in a frame without entries, written when the archive is closed: the Merkle tree hash
 * </pre>
 *
 * A header is a record by itself, so that a later version can leave out a payload and keep what the tree proves.
 */
final class SegmentFormat {

    static final int VERSION = 1;
    static final long SEGMENT_MAGIC = 0x4C4F4E4A41534547L;
    static final int FRAME_MAGIC = 0x4C4A4652;
    static final int HEAD_BYTES = 64;
    static final int FRAME_BYTES = 24;
    static final int RECORD_BYTES = 9;

    static final byte HEADER = 1;
    static final byte PAYLOAD = 2;
    static final byte PAYLOAD_FILE = 3;
    static final byte SEAL = 4;

    static final String SUFFIX = ".segment";
    static final String UNFINISHED = ".part";

    private SegmentFormat() {}

    static Path file(Path folder, long firstSequence) {
        return folder.resolve(String.format(Locale.ROOT, "%020d%s", firstSequence, SUFFIX));
    }

    static byte[] head(long salt, long firstSequence, byte[] rootBefore) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES)
                .putLong(SEGMENT_MAGIC)
                .putInt(VERSION)
                .putLong(salt)
                .putLong(firstSequence)
                .put(rootBefore);
        return head.putInt(checksum(salt, head.array(), 0, head.position())).array();
    }

    static byte[] frame(long salt, int length, long firstSequence, int entries) {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES)
                .putInt(FRAME_MAGIC)
                .putInt(length)
                .putLong(firstSequence)
                .putInt(entries);
        return frame.putInt(checksum(salt, frame.array(), 0, frame.position())).array();
    }

    /** Kind, length and checksum of a record. */
    static byte[] record(long salt, byte kind, byte[] content) {
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES).put(kind).putInt(content.length);
        return record.putInt(checksum(salt, kind, content)).array();
    }

    static int checksum(long salt, byte kind, byte[] content) {
        CRC32C crc = salted(salt);
        crc.update(kind);
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
        crc.update(content);
        return (int) crc.getValue();
    }

    static int checksum(long salt, byte[] bytes, int from, int length) {
        CRC32C crc = salted(salt);
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private static CRC32C salted(long salt) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(salt).array());
        return crc;
    }
}
