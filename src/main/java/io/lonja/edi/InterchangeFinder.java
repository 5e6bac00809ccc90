package io.lonja.edi;

import io.lonja.archive.ByteRange;
import org.jspecify.annotations.Nullable;

/** Finds the interchanges of one payload, passes over what is none, and has each read by its standard. */
final class InterchangeFinder {

    private static final int SHOWN_CHARACTERS = 20;

    private final Window window;
    private final Guides guides;
    private final ReadingManner manner;
    private final Allowance allowance;
    private final Findings outside;
    private final ReadingVisitor visitor;

    InterchangeFinder(Window window, Guides guides, ReadingManner manner, Limits limits, ReadingVisitor visitor) {
        this.window = window;
        this.guides = guides;
        this.manner = manner;
        this.allowance = new Allowance(limits);
        this.outside = new Findings(Limits.ENVELOPE_ERRORS_MAX, allowance);
        this.visitor = visitor;
    }

    void read() {
        SyntaxError last = readInterchanges();
        outside.list().forEach(visitor::outside);
        if (last != null) {
            visitor.outside(last);
        }
    }

    /** Of a payload that is not even looked into. */
    static SyntaxError tooLarge() {
        return error(ErrorCode.PAYLOAD_TOO_LARGE, 0, 0, "", Phrase.BYTES.say(Limits.PAYLOAD_BYTES_MAX));
    }

    /** What is said last, however much else was found: that not all was read, or not all is listed. */
    private @Nullable SyntaxError readInterchanges() {
        int at = afterLeniencies();
        boolean foundAny = false;
        while (at < window.bytes().length) {
            boolean letters = InterchangeStart.letters(window.bytes(), at);
            foundAny |= letters;
            String problem = letters ? problem(at) : "";
            if (letters && problem.isEmpty()) {
                if (!allowance.takeInterchange()) {
                    String rule = Phrase.INTERCHANGES.say(allowance.limits().interchanges());
                    return error(ErrorCode.TOO_MANY_INTERCHANGES, window.base() + at, end(), "", rule);
                }
                EnvelopeReader reader = reader(at);
                if (manner.strict()) {
                    outside.list().forEach(reader::lenient);
                }
                reader.read();
                at = skipBlanks((int) (reader.end() - window.base()));
                continue;
            }
            long from = window.base() + at;
            boolean x12 = letters && Isa.beginsAt(window.bytes(), at);
            String found = Wire.text(window.bytes(), at, Math.min(window.bytes().length, at + SHOWN_CHARACTERS));
            at = InterchangeStart.next(window, at + 1);
            long to = window.base() + at;
            if (!letters) {
                boolean nothing = !foundAny && window.ended() && at == window.bytes().length;
                String shown = to - from < SHOWN_CHARACTERS ? found.substring(0, (int) (to - from)) : found;
                outside.add(
                        error(nothing ? ErrorCode.NOT_EDI : ErrorCode.TEXT_OUTSIDE_INTERCHANGE, from, to, shown, ""));
                foundAny |= nothing;
            } else {
                outside.add(error(x12 ? ErrorCode.ISA_UNREADABLE : ErrorCode.UNB_UNREADABLE, from, to, "", problem));
            }
        }
        if (!foundAny) {
            outside.add(error(ErrorCode.NOT_EDI, end(), end(), "", ""));
        }
        return allowance.errorsExceeded()
                ? error(ErrorCode.TOO_MANY_ERRORS, end(), end(), "", Integer.toString(Limits.PAYLOAD_ERRORS_MAX))
                : null;
    }

    /** Offset after everything that is in memory. */
    private long end() {
        return window.base() + window.bytes().length;
    }

    private String problem(int at) {
        byte[] bytes = window.bytes();
        return Isa.beginsAt(bytes, at)
                ? Isa.at(bytes, at).problem()
                : Unb.at(bytes, at).problem();
    }

    private EnvelopeReader reader(int at) {
        byte[] bytes = window.bytes();
        return Isa.beginsAt(bytes, at)
                ? new X12Reader(window, Isa.at(bytes, at), manner, guides, allowance, visitor)
                : new EdifactReader(window, Unb.at(bytes, at), manner, guides, allowance, visitor);
    }

    private int afterLeniencies() {
        int at = window.hold(0);
        byte[] bytes = window.bytes();
        if (bytes.length >= 3 && (bytes[0] & 0xFF) == 0xEF && (bytes[1] & 0xFF) == 0xBB && (bytes[2] & 0xFF) == 0xBF) {
            outside.add(error(ErrorCode.BYTE_ORDER_MARK, 0, 3, "", ""));
            at = 3;
        }
        long from = at;
        int begin = skipBlanks(at);
        long to = window.base() + begin;
        if (to > from && begin < window.bytes().length) {
            outside.add(error(ErrorCode.LEADING_BLANKS, from, to, "", ""));
        }
        return begin;
    }

    private int skipBlanks(int from) {
        int at = window.hold(from);
        while (at < window.bytes().length && Wire.blank(window.bytes()[at])) {
            at = window.hold(at + 1);
        }
        return at;
    }

    private static SyntaxError error(ErrorCode code, long from, long to, String found, String rule) {
        return new SyntaxError(0, "", 0, 0, code, found, Expectation.rule(rule), new ByteRange(from, to));
    }
}
