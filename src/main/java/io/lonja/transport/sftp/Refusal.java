package io.lonja.transport.sftp;

import java.io.IOException;

/** What a client is told when it does not get its way: a status of the protocol, and a sentence. */
final class Refusal extends IOException {

    private static final long serialVersionUID = 1L;

    /** The statuses of SFTP version 3 that are used here (draft-ietf-secsh-filexfer-02, section 7). */
    enum Status {
        NO_SUCH_FILE(2),
        PERMISSION_DENIED(3),
        FAILURE(4),
        BAD_MESSAGE(5),
        OP_UNSUPPORTED(8);

        final int code;

        Status(int code) {
            this.code = code;
        }
    }

    private final Status status;
    private final String sentence;

    private Refusal(Status status, String sentence) {
        super(sentence);
        this.status = status;
        this.sentence = sentence;
    }

    static Refusal noSuchFile(RemotePath path) {
        return new Refusal(Status.NO_SUCH_FILE, "There is no %s here; there are /inbox and /outbox.".formatted(path));
    }

    static Refusal noSuchFile(FileName name) {
        return new Refusal(Status.NO_SUCH_FILE, "There is no file %s.".formatted(name));
    }

    static Refusal denied(String sentence) {
        return new Refusal(Status.PERMISSION_DENIED, sentence);
    }

    static Refusal failure(String sentence) {
        return new Refusal(Status.FAILURE, sentence);
    }

    static Refusal malformed() {
        return new Refusal(Status.BAD_MESSAGE, "This request is not SFTP version 3.");
    }

    static Refusal unsupported() {
        return new Refusal(
                Status.OP_UNSUPPORTED, "This drop-box only stores, lists, fetches, renames and removes files.");
    }

    Status status() {
        return status;
    }

    /** What happened, and what to do next. */
    String sentence() {
        return sentence;
    }

    /** The partner's mistake is an answer; nobody reads where in the code it was noticed. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
