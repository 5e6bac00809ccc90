package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the interchanges of a payload, passes over what is none, and has each read by its standard. */
final class GuidedParser implements InterchangeParser {

    private static final int SHOWN_CHARACTERS = 20;

    private final Guides guides;

    GuidedParser(Guides guides) {
        this.guides = guides;
    }

    @Override
    public InterchangeParser agreed(Set<GuideId> overlays) {
        return new GuidedParser(guides.agreed(overlays));
    }

    @Override
    public Reading parse(byte[] payload) {
        Allowance allowance = new Allowance();
        Findings outside = new Findings(Limits.ENVELOPE_ERRORS_MAX, allowance);
        List<Interchange> interchanges = new ArrayList<>();
        if (payload.length > Limits.PAYLOAD_BYTES_MAX) {
            outside.add(
                    outside(ErrorCode.PAYLOAD_TOO_LARGE, payload, 0, 0, Phrase.BYTES.say(Limits.PAYLOAD_BYTES_MAX)));
            return new Reading(List.of(), outside.list());
        }
        int at = afterLeniencies(payload, outside);
        boolean foundAny = false;
        while (at < payload.length) {
            if (InterchangeStart.letters(payload, at)) {
                foundAny = true;
                String problem = problem(payload, at);
                if (problem.isEmpty() && interchanges.size() == Limits.PAYLOAD_INTERCHANGES_MAX) {
                    return cutShort(interchanges, outside, payload, at);
                }
                if (problem.isEmpty()) {
                    EnvelopeReader reader = reader(payload, at, allowance);
                    interchanges.add(reader.read());
                    at = skipBlanks(payload, reader.end());
                    continue;
                }
                outside.add(
                        Isa.beginsAt(payload, at)
                                ? outside(ErrorCode.ISA_UNREADABLE, payload, at, at + 3, problem)
                                : outside(
                                        ErrorCode.UNB_UNREADABLE,
                                        payload,
                                        at,
                                        InterchangeStart.next(payload, at + 1),
                                        problem));
            }
            int to = InterchangeStart.next(payload, at + 1);
            if (!InterchangeStart.letters(payload, at)) {
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

    private static String problem(byte[] payload, int at) {
        return Isa.beginsAt(payload, at)
                ? Isa.at(payload, at).problem()
                : Unb.at(payload, at).problem();
    }

    private EnvelopeReader reader(byte[] payload, int at, Allowance allowance) {
        return Isa.beginsAt(payload, at)
                ? new X12Reader(payload, Isa.at(payload, at), guides, allowance)
                : new EdifactReader(payload, Unb.at(payload, at), guides, allowance);
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
                Phrase.INTERCHANGES.say(Limits.PAYLOAD_INTERCHANGES_MAX)));
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

    private static SyntaxError outside(ErrorCode code, byte[] payload, int from, int to, String rule) {
        boolean shows = code == ErrorCode.NOT_EDI || code == ErrorCode.TEXT_OUTSIDE_INTERCHANGE;
        String found = shows ? Wire.text(payload, from, Math.min(to, from + SHOWN_CHARACTERS)) : "";
        return new SyntaxError(0, "", 0, 0, code, found, Expectation.rule(rule), new ByteRange(from, to));
    }
}
