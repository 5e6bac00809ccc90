package io.lonja.commission;

import io.lonja.archive.EntryId;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a ledger entry, derived from what caused it, so that a replay gives the same.
 *
 * @param fact the archive entry that took effect
 * @param ordinal which document of that entry, counted from 0; 0 for a command
 * @param number counted from 0 within the document
 */
public record JournalEntryId(EntryId fact, int ordinal, int number) implements Comparable<JournalEntryId> {

    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,17})-([0-9]{1,9})-([0-9]{1,9})");
    private static final Comparator<JournalEntryId> ORDER = Comparator.comparing(JournalEntryId::fact)
            .thenComparing(JournalEntryId::ordinal)
            .thenComparing(JournalEntryId::number);

    /** Reads {@code 57-0-3}. Throws {@link IllegalArgumentException} for any other shape. */
    public static JournalEntryId of(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a ledger entry id: " + text);
        }
        return new JournalEntryId(
                new EntryId(Long.parseLong(matcher.group(1))),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    @Override
    public int compareTo(JournalEntryId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s-%d-%d", fact, ordinal, number);
    }
}
