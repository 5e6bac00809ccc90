package io.lonja.transport.sftp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as a client names it, from the root of its drop-box; it is never given to a file system.
 *
 * @param segments without {@code .} and {@code ..}, which end at the root
 */
record RemotePath(List<String> segments) {

    private static final int BYTES_MAX = 1_024;

    static final RemotePath ROOT = new RemotePath(List.of());

    /** The two rooms of a drop-box. */
    enum Room {
        INBOX,
        OUTBOX;

        /** {@code inbox}. */
        String folder() {
            return this == INBOX ? "inbox" : "outbox";
        }
    }

    RemotePath {
        segments = List.copyOf(segments);
    }

    /** Reads a path; one that is relative begins at the root. */
    static RemotePath of(byte[] utf8) throws Refusal {
        if (utf8.length > BYTES_MAX) {
            throw Refusal.failure("A path here has at most %d bytes; use a shorter one.".formatted(BYTES_MAX));
        }
        List<String> segments = new ArrayList<>();
        for (String segment : text(utf8).split("/")) {
            if (segment.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.remove(segments.size() - 1);
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(FileName.of(segment).value());
            }
        }
        return new RemotePath(segments);
    }

    private static String text(byte[] utf8) throws Refusal {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.failure("Names here are in UTF-8, this one is not; set the character set of the client.");
        }
    }

    boolean isRoot() {
        return segments.isEmpty();
    }

    /** Whether it names a room itself. */
    boolean isRoom() throws Refusal {
        return segments.size() == 1 && room() != null;
    }

    /** The room that it is or lies in. */
    Room room() throws Refusal {
        for (Room room : Room.values()) {
            if (!segments.isEmpty() && segments.get(0).equals(room.folder())) {
                return room;
            }
        }
        throw Refusal.noSuchFile(this);
    }

    /** The name of a file in one of the rooms. */
    FileName file() throws Refusal {
        room();
        if (segments.size() != 2) {
            throw segments.size() < 2
                    ? Refusal.denied("%s is a folder of the drop-box; name a file in it.".formatted(this))
                    : Refusal.noSuchFile(this);
        }
        return new FileName(segments.get(1));
    }

    @Override
    public String toString() {
        return "/" + String.join("/", segments);
    }
}
