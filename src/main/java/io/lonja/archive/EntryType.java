package io.lonja.archive;

import java.util.regex.Pattern;

/**
 * What an entry holds. Each module declares its own types beside the records that shape their payloads.
 *
 * @param kind bytes as they came or went, or something concluded or decided
 * @param name lower-case words joined by hyphens, at most 64 characters: {@code interchange-received}
 */
public record EntryType(Kind kind, String name) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    /** Evidence is bytes and is never regenerated; a fact is canonical JSON and is what {@code rebuild} replays. */
    public enum Kind {
        EVIDENCE,
        FACT
    }

    public EntryType {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not an entry type: " + name);
        }
    }

    public static EntryType evidence(String name) {
        return new EntryType(Kind.EVIDENCE, name);
    }

    public static EntryType fact(String name) {
        return new EntryType(Kind.FACT, name);
    }
}
