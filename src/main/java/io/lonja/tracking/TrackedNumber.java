package io.lonja.tracking;

import io.lonja.archive.Entry;

/** Control numbers as they are looked for: what an envelope at fault names may be longer than any number. */
final class TrackedNumber {

    private static final int CHARACTERS_MAX = 64;

    private TrackedNumber() {}

    static String of(String controlNumber) {
        String printable = controlNumber.replace('\0', '\u2400'); // PostgreSQL has no place for NUL in a text
        return printable.length() <= CHARACTERS_MAX ? printable : printable.substring(0, CHARACTERS_MAX);
    }

    static long receipt(Entry entry) {
        String about = entry.attributes().get(Entry.ABOUT);
        if (about == null) {
            throw new IllegalStateException("Entry %s (%s) does not say which receipt it is about"
                    .formatted(entry.id(), entry.type().name()));
        }
        return Long.parseLong(about);
    }
}
