package io.lonja.edi;

import java.util.BitSet;

/** Finds delimiters that occur in no data: X12 cannot release one. */
final class FreeDelimiters {

    private static final String CANDIDATES = "*>~^|:!\\`@#$%&;{}[]<?_=+'\"";
    private static final int ASCII = 0x80;

    private final BitSet used = new BitSet(ASCII);
    private final Delimiters wanted;

    private FreeDelimiters(Delimiters wanted) {
        this.wanted = wanted;
    }

    /** Those that its syntax names, each replaced by the next one that is free where the data contains it. */
    static Delimiters of(OutboundInterchange interchange) {
        FreeDelimiters free = new FreeDelimiters(interchange.syntax().delimiters());
        free.use(interchange.sender().value());
        free.use(interchange.receiver().value());
        for (OutboundInterchange.Group group : interchange.groups()) {
            free.use(group.senderCode());
            free.use(group.receiverCode());
            free.use(group.version());
            group.transactionSets().forEach(free::use);
        }
        return free.chosen();
    }

    private void use(OutboundInterchange.TransactionSet set) {
        use(set.controlNumber());
        set.segments().stream()
                .flatMap(segment -> segment.elements().stream())
                .flatMap(element -> element.repetitions().stream())
                .forEach(components -> components.forEach(this::use));
    }

    private void use(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ASCII) {
                used.set(text.charAt(i));
            }
        }
    }

    private Delimiters chosen() {
        char element = taken(wanted.element());
        char terminator = taken(wanted.terminator());
        char component = taken(wanted.component());
        char repetition = wanted.repetition() == 0 ? 0 : taken(wanted.repetition());
        return new Delimiters(element, component, repetition, terminator);
    }

    private char taken(char first) {
        char free = first;
        for (int i = 0; free == 0 || used.get(free); i++) {
            if (i == CANDIDATES.length()) {
                throw new UnwritableException(
                        "",
                        0,
                        "",
                        0,
                        "No delimiter is left: the data uses every character that X12 could separate with.");
            }
            free = CANDIDATES.charAt(i);
        }
        used.set(free);
        return free;
    }
}
