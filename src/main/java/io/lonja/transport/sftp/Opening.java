package io.lonja.transport.sftp;

/** How a client wants a file opened ({@code SSH_FXF_READ} and so on). */
record Opening(boolean reads, boolean writes, boolean appends, boolean creates, boolean truncates, boolean isNew) {

    static Opening of(int flags) {
        return new Opening(
                (flags & 0x01) != 0,
                (flags & 0x02) != 0,
                (flags & 0x04) != 0,
                (flags & 0x08) != 0,
                (flags & 0x10) != 0,
                (flags & 0x20) != 0);
    }
}
