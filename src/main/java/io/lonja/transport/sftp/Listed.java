package io.lonja.transport.sftp;

import java.time.Instant;

/** What a client sees of a file or folder. */
record Listed(String name, Kind kind, long bytes, Instant changedAt) {

    /** What it is, with the permission bits that a client shows. */
    enum Kind {
        ROOT(0040555),
        ROOM(0040700),
        FILE(0100600);

        /** As {@code st_mode} in POSIX. */
        final int mode;

        Kind(int mode) {
            this.mode = mode;
        }
    }
}
