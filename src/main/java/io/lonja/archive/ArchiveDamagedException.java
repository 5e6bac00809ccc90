package io.lonja.archive;

/** Stored bytes are not the ones that were appended. The message names the entry and the file. */
public class ArchiveDamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ArchiveDamagedException(String message) {
        super(message);
    }
}
