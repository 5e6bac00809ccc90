package io.lonja.edi;

import java.nio.charset.Charset;
import java.util.Optional;

/** The character sets of EDIFACT by UNB 0001: {@code UNOC} is ISO 8859-1. */
enum SyntaxIdentifier {
    UNOA("US-ASCII"),
    UNOB("US-ASCII"),
    UNOC("ISO-8859-1"),
    UNOD("ISO-8859-2"),
    UNOE("ISO-8859-5"),
    UNOF("ISO-8859-7"),
    UNOG("ISO-8859-3"),
    UNOH("ISO-8859-4"),
    UNOI("ISO-8859-6"),
    UNOJ("ISO-8859-8"),
    UNOK("ISO-8859-9"),
    UNOW("UTF-8"),
    /** Code extension by escape sequences, which nobody here can read: only what is ASCII in it. */
    UNOX("US-ASCII"),
    UNOY("UTF-8");

    private static final String LEVEL_A = " .,-()/='+:?!\"%&*;<>";

    private final Charset charset;

    SyntaxIdentifier(String charset) {
        this.charset = Charset.forName(charset);
    }

    static Optional<SyntaxIdentifier> of(String identifier) {
        for (SyntaxIdentifier known : values()) {
            if (known.name().equals(identifier)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    Charset charset() {
        return charset;
    }

    /**
     * Whether the level allows the character where we write it. Small letters in level A are read all the same: half of
     * the world sends them.
     */
    boolean allows(int character) {
        return this != UNOA
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || LEVEL_A.indexOf(character) >= 0;
    }
}
