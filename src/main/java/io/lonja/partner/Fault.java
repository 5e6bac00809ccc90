package io.lonja.partner;

import java.nio.file.Path;

/**
 * Something wrong in a file that a person wrote.
 *
 * @param line counted from 1
 * @param sentence what is wrong and what belongs there
 */
public record Fault(Path file, int line, String sentence) {

    /** {@code partners/acme/partner.yaml:7: Unknown key …}, as compilers and editors print it. */
    @Override
    public String toString() {
        return "%s:%d: %s".formatted(file, line, sentence);
    }
}
