package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.ArrayList;
import java.util.List;

/** Finds the interchanges of a payload, passes over what is none, and has each read by its standard. */
final class GuidedParser implements InterchangeParser {

    private static final int SHOWN_CHARACTERS = 20;

    private final Guides guides;

    GuidedParser(Guides guides) {
        this.guides = guides;
    }

    @Override
    public Reading parse(byte[] payload) {
        Allowance allowance = new Allowance();
        Findings outside = new Findings(Limits.ENVELOPE_ERRORS_MAX, allowance);
        List<Interchange> interchanges = new ArrayList<>();
        if (payload.length > Limits.PAYLOAD_BYTES_MAX) {
            outside.add(outside(ErrorCode.PAYLOAD_TOO_LARGE, payload, 0, 0, Limits.PAYLOAD_BYTES_MAX + " bytes"));
            return new Reading(List.of(), outside.list());
        }
        int at = afterLeniencies(payload, outside);
        boolean foundAny = false;
        while (at < payload.length) {
            if (Isa.beginsAt(payload, at)) {
                foundAny = true;
                Isa isa = Isa.at(payload, at);
                if (isa.problem().isEmpty() && interchanges.size() == Limits.PAYLOAD_INTERCHANGES_MAX) {
                    return cutShort(interchanges, outside, payload, at);
                }
                if (isa.problem().isEmpty()) {
                    X12Reader reader = new X12Reader(payload, isa, guides, allowance);
                    interchanges.add(reader.read());
                    at = skipBlanks(payload, reader.end());
                    continue;
                }
                outside.add(outside(ErrorCode.ISA_UNREADABLE, payload, at, at + 3, isa.problem()));
            }
            boolean edifact = startsWith(payload, at, "UNA") || startsWith(payload, at, "UNB+");
            int to = Isa.next(payload, at + 1).map(Isa::from).orElse(payload.length);
            if (edifact) {
                outside.add(outside(ErrorCode.EDIFACT_NOT_READ, payload, at, to, ""));
                foundAny = true;
            } else if (!Isa.beginsAt(payload, at)) {
                boolean nothing = !foundAny && to == payload.length;
                outside.add(
                        outside(nothing ? ErrorCode.NOT_EDI : ErrorCode.TEXT_OUTSIDE_INTERCHANGE, payload, at, to, ""));
                foundAny |= nothing;
            }
            at = to;
        }
        if (!foundAny) {
            outside.add(outside(ErrorCode.NOT_EDI, payload, payload.length, payload.length, ""));
        }
        return reading(interchanges, outside, allowance, payload);
    }

    private static Reading reading(
            List<Interchange> interchanges, Findings outside, Allowance allowance, byte[] payload) {
        List<SyntaxError> errors = new ArrayList<>(outside.list());
        if (allowance.errorsExceeded()) {
            errors.add(outside(
                    ErrorCode.TOO_MANY_ERRORS,
                    payload,
                    payload.length,
                    payload.length,
                    Integer.toString(Limits.PAYLOAD_ERRORS_MAX)));
        }
        return new Reading(List.copyOf(interchanges), List.copyOf(errors));
    }

    /** What was read counts; that the rest was not read is said however much else was found. */
    private static Reading cutShort(List<Interchange> interchanges, Findings outside, byte[] payload, int at) {
        List<SyntaxError> errors = new ArrayList<>(outside.list());
        errors.add(outside(
                ErrorCode.TOO_MANY_INTERCHANGES,
                payload,
                at,
                payload.length,
                Limits.PAYLOAD_INTERCHANGES_MAX + " interchanges"));
        return new Reading(List.copyOf(interchanges), List.copyOf(errors));
    }

    private static int afterLeniencies(byte[] payload, Findings outside) {
        int at = 0;
        if (payload.length >= 3
                && (payload[0] & 0xFF) == 0xEF
                && (payload[1] & 0xFF) == 0xBB
                && (payload[2] & 0xFF) == 0xBF) {
            outside.add(outside(ErrorCode.BYTE_ORDER_MARK, payload, 0, 3, ""));
            at = 3;
        }
        int begin = skipBlanks(payload, at);
        if (begin > at && begin < payload.length) {
            outside.add(outside(ErrorCode.LEADING_BLANKS, payload, at, begin, ""));
        }
        return begin;
    }

    private static int skipBlanks(byte[] payload, int from) {
        int at = from;
        while (at < payload.length && Wire.blank(payload[at])) {
            at++;
        }
        return at;
    }

    private static boolean startsWith(byte[] payload, int at, String text) {
        if (payload.length - at < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (payload[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static SyntaxError outside(ErrorCode code, byte[] payload, int from, int to, String rule) {
        boolean shows = code == ErrorCode.NOT_EDI || code == ErrorCode.TEXT_OUTSIDE_INTERCHANGE;
        String found = shows ? Wire.text(payload, from, Math.min(to, from + SHOWN_CHARACTERS), false) : "";
        return new SyntaxError(0, "", 0, 0, code, found, Expectation.rule(rule), new ByteRange(from, to));
    }
}
