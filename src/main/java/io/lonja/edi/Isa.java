package io.lonja.edi;

import java.util.ArrayList;
import java.util.List;

/**
 * An interchange header, found by its sixteen separators and not by its 106 characters:
 * {@code ISA*00*          *…*U*00401*000000905*0*P*>~}.
 *
 * @param elements ISA01 to ISA16, as written
 * @param from offset of its first byte
 * @param to offset after its terminator
 * @param problem why it cannot be read; empty when it can
 */
record Isa(List<String> elements, Delimiters delimiters, int from, int to, String problem) {

    private static final int ELEMENTS = 16;
    private static final int[] LENGTHS = {2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1};
    static final String REPETITIONS_SINCE = "00402";
    /** ISA of the versions up to here is spelled alike; what comes after nobody knows yet. */
    private static final String VERSION_MAX = "00899";

    private static final String VERSION_MIN = "00200";

    /** Whether the three letters stand here, followed by something that could separate elements. */
    static boolean beginsAt(byte[] payload, int at) {
        return at + 3 < payload.length
                && payload[at] == 'I'
                && payload[at + 1] == 'S'
                && payload[at + 2] == 'A'
                && !Wire.alphanumeric(payload[at + 3])
                && !Wire.blank(payload[at + 3]);
    }

    static Isa at(byte[] payload, int from) {
        byte separator = payload[from + 3];
        int limit = Math.min(payload.length, from + Limits.ISA_BYTES_MAX);
        List<String> elements = new ArrayList<>(ELEMENTS);
        int start = from + 4;
        int at = start;
        while (at < limit && elements.size() < ELEMENTS - 1) {
            if (payload[at] == separator) {
                elements.add(Wire.text(payload, start, at));
                start = at + 1;
            }
            at++;
        }
        if (elements.size() < ELEMENTS - 1 || at + 1 >= payload.length) {
            return unreadable(from, Phrase.ISA_SEPARATORS.say(elements.size() + 1, Limits.ISA_BYTES_MAX));
        }
        boolean noComponents = endsItsLines(payload, at);
        int terminatorAt = noComponents ? at : at + 1;
        elements.add(Wire.text(payload, at, terminatorAt));
        char component = noComponents ? 0 : (char) (payload[at] & 0xFF);
        char terminator = (char) (payload[terminatorAt] & 0xFF);
        Delimiters delimiters = new Delimiters(
                (char) (separator & 0xFF), component, repetition(elements, component, terminator), terminator);
        return new Isa(elements, delimiters, from, terminatorAt + 1, "");
    }

    /** ISA11 from 00402 on, where it can separate: a letter or a digit does not, nor does what separates otherwise. */
    private static char repetition(List<String> elements, char component, char terminator) {
        String written = elements.get(10);
        if (elements.get(11).compareTo(REPETITIONS_SINCE) < 0 || written.length() != 1) {
            return 0;
        }
        char repetition = written.charAt(0);
        boolean separates = repetition > ' '
                && !Wire.alphanumeric((byte) repetition)
                && repetition != component
                && repetition != terminator;
        return separates ? repetition : 0;
    }

    /** Whether ISA16 was left out, so that what stands there is the terminator: it ends the next line too. */
    private static boolean endsItsLines(byte[] payload, int at) {
        if (payload[at + 1] != '\r' && payload[at + 1] != '\n') {
            return false;
        }
        int line = at + 1;
        while (line < payload.length && Wire.blank(payload[line])) {
            line++;
        }
        int end = line;
        while (end < payload.length
                && end - line < Limits.ISA_BYTES_MAX
                && payload[end] != '\r'
                && payload[end] != '\n') {
            end++;
        }
        return end > line && end < payload.length && payload[end - 1] == payload[at];
    }

    private static Isa unreadable(int from, String problem) {
        return new Isa(List.of(), new Delimiters('*', ':', (char) 0, '~'), from, from, problem);
    }

    /** Whether this is more than three letters in some text. */
    boolean plausible() {
        return problem.isEmpty()
                && Wire.digits(element(12), 5, 5)
                && Wire.digits(element(13).strip(), 1, 9)
                && element(14).length() <= 1
                && element(15).length() <= 1;
    }

    String element(int element) {
        return elements.get(element - 1);
    }

    /** ISA01 to ISA16 where they stand; each byte of theirs is a character. */
    WireElements wireElements(Window window) {
        int[] offsets = new int[ELEMENTS + 1];
        int start = from + 4;
        for (int i = 0; i < ELEMENTS; i++) {
            offsets[i] = start;
            start += elements.get(i).length() + 1;
        }
        offsets[ELEMENTS] = start;
        return new WireElements(window.bytes(), window.base(), delimiters, WireText.X12, offsets, 0, ELEMENTS);
    }

    /** Whether ISA12 is one of the versions whose envelopes are read. */
    boolean versionKnown() {
        return element(12).compareTo(VERSION_MIN) >= 0 && element(12).compareTo(VERSION_MAX) <= 0;
    }

    /** ISA11 is U wherever it does not separate repetitions; many write U from 00402 on too. */
    boolean standardValid() {
        return delimiters.repetition() != 0 || element(11).equals("U");
    }

    /** The first element that has not the length it should have; 0 when all have. */
    int wrongLength() {
        for (int i = 0; i < ELEMENTS; i++) {
            if (elements.get(i).length() != LENGTHS[i]) {
                return i + 1;
            }
        }
        return 0;
    }

    static int length(int element) {
        return LENGTHS[element - 1];
    }
}
