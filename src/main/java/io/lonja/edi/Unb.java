package io.lonja.edi;

/**
 * Where an EDIFACT interchange begins and how it separates: {@code UNA:+.? 'UNB+UNOC:3+…}. Only the syntax identifier is
 * read here, because it must be known before any text can be.
 *
 * @param from offset of UNA, or of UNB where there is none
 * @param unbAt offset of UNB
 * @param identifier UNB 0001: {@code UNOC}
 * @param version UNB 0002 as written: {@code 3}
 * @param announced whether the delimiters are those of UNA, or the usual ones that need none
 * @param problem why it cannot be read; empty when it can
 */
record Unb(
        int from,
        int unbAt,
        Delimiters delimiters,
        String identifier,
        String version,
        boolean announced,
        String problem) {

    private static final int TAG = 3;
    private static final int UNA_CHARACTERS = 9;
    private static final int IDENTIFIER_CHARACTERS = 4;
    private static final int SYNTAX_4 = 4;

    /** Whether UNA or UNB stands here, followed by something that could separate. */
    static boolean beginsAt(byte[] payload, int at) {
        return at + TAG < payload.length
                && payload[at] == 'U'
                && payload[at + 1] == 'N'
                && (payload[at + 2] == 'A' || payload[at + 2] == 'B')
                && payload[at + TAG] > ' '
                && !Wire.alphanumeric(payload[at + TAG]);
    }

    static Unb at(byte[] payload, int from) {
        return payload[from + 2] == 'A' ? announced(payload, from) : unannounced(payload, from);
    }

    /** Whether this is more than three letters in some text. */
    boolean plausible() {
        return problem.isEmpty() && identifier.length() == IDENTIFIER_CHARACTERS && !version.isEmpty();
    }

    private static Unb announced(byte[] payload, int from) {
        if (from + UNA_CHARACTERS > payload.length) {
            return unreadable(from, Phrase.UNA_CUT_SHORT.say());
        }
        int unb = from + UNA_CHARACTERS;
        while (unb < payload.length && Wire.blank(payload[unb])) {
            unb++;
        }
        char element = character(payload, from + 4);
        if (!unbStands(payload, unb, element)) {
            return unreadable(from, Phrase.UNA_WITHOUT_UNB.say());
        }
        int version = version(payload, unb, character(payload, from + TAG));
        char repetition = character(payload, from + 7);
        char release = character(payload, from + 6);
        char mark = character(payload, from + 5);
        Delimiters delimiters = new Delimiters(
                element,
                character(payload, from + TAG),
                version >= SYNTAX_4 && repetition != ' ' ? repetition : 0,
                character(payload, from + 8),
                release == ' ' ? 0 : release,
                version >= SYNTAX_4 || mark != '.' && mark != ',' ? 0 : mark);
        return unb(payload, from, unb, delimiters, true);
    }

    private static Unb unannounced(byte[] payload, int from) {
        char element = character(payload, from + TAG);
        int componentAt = from + TAG + 1;
        while (componentAt < payload.length
                && componentAt <= from + TAG + IDENTIFIER_CHARACTERS
                && Wire.alphanumeric(payload[componentAt])) {
            componentAt++;
        }
        if (componentAt + 1 >= payload.length) {
            return unreadable(from, Phrase.CUT_SHORT.say());
        }
        char component = character(payload, componentAt);
        Delimiters usual = Delimiters.edifact(version(payload, from, component));
        char terminator = terminator(payload, from, usual.terminator(), element);
        boolean asUsual = element == usual.element() && (component == usual.component() || component == element);
        Delimiters delimiters = asUsual
                ? new Delimiters(
                        usual.element(),
                        usual.component(),
                        usual.repetition(),
                        terminator,
                        usual.release(),
                        usual.decimalMark())
                : new Delimiters(element, component, (char) 0, terminator, usual.release(), usual.decimalMark());
        return unb(payload, from, from, delimiters, asUsual && terminator == usual.terminator());
    }

    /** What stands before the first UNH or UNG, behind which elements are separated as behind UNB. */
    private static char terminator(byte[] payload, int from, char usual, char element) {
        int limit = Math.min(payload.length - TAG, from + Limits.UNB_BYTES_MAX);
        for (int at = from + TAG; at < limit; at++) {
            if (payload[at] == usual) {
                return usual;
            }
            if (payload[at] == 'U'
                    && payload[at + 1] == 'N'
                    && (payload[at + 2] == 'H' || payload[at + 2] == 'G')
                    && (payload[at + TAG] & 0xFF) == element) {
                int end = at - 1;
                while (end > from && Wire.blank(payload[end])) {
                    end--;
                }
                boolean lines = end < at - 1 && (Wire.alphanumeric(payload[end]) || payload[end] < 0);
                return character(payload, lines ? end + 1 : end);
            }
        }
        return usual;
    }

    private static Unb unb(byte[] payload, int from, int unbAt, Delimiters delimiters, boolean announced) {
        char[] all = {
            delimiters.element(),
            delimiters.component(),
            delimiters.repetition(),
            delimiters.terminator(),
            delimiters.release()
        };
        for (int i = 0; i < all.length; i++) {
            boolean absent = all[i] == 0 && (i == 2 || i == 4);
            if (!absent && (all[i] >= 0x80 || Wire.alphanumeric((byte) all[i]) || all[i] == ' ' || all[i] == 0)) {
                return unreadable(from, Phrase.DELIMITERS_UNFIT.say());
            }
            for (int j = 0; j < i; j++) {
                if (all[i] == all[j] && !absent) {
                    return unreadable(from, Phrase.DELIMITERS_UNFIT.say());
                }
            }
        }
        int to = unbAt + TAG + 1;
        while (to < payload.length
                && to <= unbAt + TAG + IDENTIFIER_CHARACTERS
                && (payload[to] & 0xFF) != delimiters.component()
                && (payload[to] & 0xFF) != delimiters.element()
                && (payload[to] & 0xFF) != delimiters.terminator()) {
            to++;
        }
        String identifier = Wire.text(payload, unbAt + TAG + 1, Math.min(to, payload.length));
        int version = version(payload, unbAt, delimiters.component());
        return new Unb(
                from, unbAt, delimiters, identifier, version == 0 ? "" : Integer.toString(version), announced, "");
    }

    private static boolean unbStands(byte[] payload, int at, char element) {
        return at + TAG < payload.length
                && payload[at] == 'U'
                && payload[at + 1] == 'N'
                && payload[at + 2] == 'B'
                && (payload[at + TAG] & 0xFF) == element;
    }

    /** The digit behind the identifier; 0 when there is none. */
    private static int version(byte[] payload, int unbAt, char component) {
        int at = unbAt + TAG + 1 + IDENTIFIER_CHARACTERS;
        boolean stands = at + 1 < payload.length
                && (payload[at] & 0xFF) == component
                && payload[at + 1] >= '1'
                && payload[at + 1] <= '9';
        return stands ? payload[at + 1] - '0' : 0;
    }

    private static char character(byte[] payload, int at) {
        return (char) (payload[at] & 0xFF);
    }

    private static Unb unreadable(int from, String problem) {
        return new Unb(from, from, Delimiters.edifact(0), "", "", true, problem);
    }
}
