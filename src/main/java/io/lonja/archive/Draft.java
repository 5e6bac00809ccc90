package io.lonja.archive;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An entry before it has its place and time.
 *
 * @param attributes at most 32 names of at most 64 characters with values of at most 2,000 characters
 */
public record Draft(EntryType type, SortedMap<String, String> attributes, Payload payload) {

    private static final int ATTRIBUTES_MAX = 32;
    private static final int NAME_CHARACTERS_MAX = 64;
    private static final int VALUE_CHARACTERS_MAX = 2_000;

    public Draft {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        if (attributes.size() > ATTRIBUTES_MAX) {
            throw new IllegalArgumentException(
                    "An entry has at most %d attributes, not %d".formatted(ATTRIBUTES_MAX, attributes.size()));
        }
        attributes.forEach((name, value) -> {
            if (name.length() > NAME_CHARACTERS_MAX || value.length() > VALUE_CHARACTERS_MAX) {
                throw new IllegalArgumentException(
                        "Attribute %s is longer than an entry header can hold".formatted(name));
            }
            EntryHeader.utf8(name);
            EntryHeader.utf8(value);
        });
    }

    /** @param payload not copied, so not to be changed afterwards */
    public static Draft of(EntryType type, Map<String, String> attributes, byte[] payload) {
        return of(type, attributes, Payload.of(payload));
    }

    public static Draft of(EntryType type, Map<String, String> attributes, Payload payload) {
        return new Draft(type, new TreeMap<>(attributes), payload);
    }
}
