package io.lonja.edi;

/** Where interchanges begin in a payload: ISA, UNA or UNB. */
final class InterchangeStart {

    private InterchangeStart() {}

    /** Whether letters stand here by which an interchange begins; what follows may still be nothing of the kind. */
    static boolean letters(byte[] payload, int at) {
        return Isa.beginsAt(payload, at) || Unb.beginsAt(payload, at);
    }

    /** Whether this really looks like the header of an interchange, even in the middle of another one. */
    static boolean plausible(byte[] payload, int at) {
        return Isa.beginsAt(payload, at) && Isa.at(payload, at).plausible()
                || Unb.beginsAt(payload, at) && Unb.at(payload, at).plausible();
    }

    /** The next offset at or after this one where an interchange really seems to begin; the payload's end if none. */
    static int next(byte[] payload, int from) {
        for (int at = from; at + 3 < payload.length; at++) {
            if ((payload[at] == 'I' || payload[at] == 'U') && plausible(payload, at)) {
                return at;
            }
        }
        return payload.length;
    }
}
