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

    /**
     * The next place at or after this one where an interchange really seems to begin; the payload's end if none.
     *
     * @param from a place in what is in memory, which moves on
     */
    static int next(Window window, int from) {
        int at = from;
        while (true) {
            at = window.hold(at);
            byte[] bytes = window.bytes();
            int to = window.ended() ? bytes.length - 3 : bytes.length - Window.AHEAD + 1;
            for (; at < to; at++) {
                if ((bytes[at] == 'I' || bytes[at] == 'U') && plausible(bytes, at)) {
                    return at;
                }
            }
            if (window.ended()) {
                return bytes.length;
            }
        }
    }
}
