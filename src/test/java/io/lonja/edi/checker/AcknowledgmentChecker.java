package io.lonja.edi.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges an acknowledgment by the standard alone: X12 004010 and 005010 for TA1 and 997, X12 005010X231A1 for 999, ISO 9735 and the CONTRL messages of syntax
 * versions 3 and 4 for EDIFACT. It shares no code with what writes or reads the acknowledgment.
 */
public final class AcknowledgmentChecker {

    private static final String BLANKS_FOR = "mirrored with blanks for what cannot be repeated";

    private final List<String> complaints = new ArrayList<>();

    private AcknowledgmentChecker() {}

    /**
     * All that is wrong with the acknowledgment, in words; empty when nothing is.
     *
     * @param received one interchange, from the first byte of ISA, UNA or UNB to its end
     * @param by what separates in it
     * @param acknowledgment one interchange
     */
    public static List<String> complaints(byte[] received, Separators by, byte[] acknowledgment) {
        AcknowledgmentChecker checker = new AcknowledgmentChecker();
        Separators its = Separators.announced(acknowledgment);
        PlainInterchange came = PlainInterchange.of(received, by);
        PlainInterchange answer = PlainInterchange.of(acknowledgment, its);
        if (!came.header().tag().equals(answer.header().tag())) {
            return List.of("an answer in another standard");
        }
        if (answer.header().tag().equals("ISA")) {
            new X12Acknowledgment(checker, came, answer, its).judge();
        } else {
            new EdifactAcknowledgment(checker, came, answer).judge();
        }
        return List.copyOf(checker.complaints);
    }

    void demand(boolean right, String sentence, Object... arguments) {
        if (!right) {
            complaints.add(sentence.formatted(arguments));
        }
    }

    void equal(String what, String given, String due) {
        demand(given.equals(due), "%s is \"%s\" instead of \"%s\"", what, given, due);
    }

    /** Counts and references of groups and sets, and that nothing is left over. */
    void envelope(
            PlainInterchange answer, String groupTrailer, String setTrailer, int referenceOfGroup, int setNumber) {
        for (PlainInterchange.Group group : answer.groups()) {
            if (group.header().isPresent()) {
                trailer(
                        groupTrailer,
                        group.trailer(),
                        group.sets().size(),
                        group.header().get().text(referenceOfGroup));
            }
            for (PlainInterchange.Set set : group.sets()) {
                trailer(
                        setTrailer,
                        set.trailer(),
                        set.segments().size(),
                        set.header().text(setNumber));
            }
        }
    }

    void trailer(String tag, Optional<PlainSegment> trailer, int count, String reference) {
        if (trailer.isEmpty()) {
            demand(false, "%s is missing", tag);
            return;
        }
        equal(tag + "01", trailer.get().text(1), Integer.toString(count));
        equal(tag + "02", trailer.get().text(2), reference);
    }

    /** What was received stands in the answer again, as far as it fits and can be written. */
    void mirrored(String what, String given, String received, int charactersMax, Separators unwritable) {
        String due = received.substring(0, Math.min(received.length(), charactersMax));
        if (due.chars().allMatch(c -> writable((char) c, unwritable))) {
            equal(what, given.strip(), due.strip());
            return;
        }
        StringBuilder blanked = new StringBuilder();
        due.chars().forEach(c -> blanked.append(writable((char) c, unwritable) ? (char) c : ' '));
        demand(
                given.strip().equals(blanked.toString().strip()),
                "%s is \"%s\" and not \"%s\", %s",
                what,
                given,
                due,
                BLANKS_FOR);
    }

    private static boolean writable(char c, Separators unwritable) {
        return c >= ' '
                && c < 0x7F
                && c != unwritable.element()
                && c != unwritable.component()
                && c != unwritable.repetition()
                && c != unwritable.terminator();
    }

    static boolean writable(String text, Separators unwritable) {
        return text.chars().allMatch(c -> writable((char) c, unwritable));
    }

    static boolean number(String text, int digitsMin, int digitsMax) {
        return text.matches("[0-9]{" + digitsMin + "," + digitsMax + "}");
    }
}
