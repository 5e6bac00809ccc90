package io.lonja.archive;

/** The archive cannot make anything durable now; nobody may be given a positive answer. */
public class ArchiveUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ArchiveUnavailableException(String message) {
        super(message);
    }

    public ArchiveUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
