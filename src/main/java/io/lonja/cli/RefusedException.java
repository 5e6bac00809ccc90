package io.lonja.cli;

/** A command cannot do what it was asked: its message is the last line a person reads, the exit code is 2. */
class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
