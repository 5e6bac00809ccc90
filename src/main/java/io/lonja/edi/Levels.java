package io.lonja.edi;

import io.lonja.edi.Guide.Hierarchy;
import io.lonja.edi.Guide.SegmentType;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The numbers by which the hierarchical levels of one transaction set name themselves and their parents (X12: HL). */
final class Levels {

    private static final int COUNT_DIGITS_MAX = 9;

    private final SegmentScanner scanner;
    private final ElementErrors errors;
    private final Set<String> seen = new HashSet<>();
    private int next = 1;

    Levels(SegmentScanner scanner, ElementErrors errors) {
        this.scanner = scanner;
        this.errors = errors;
    }

    /**
     * Judges the level's own number: nobody else has it, and it is the next where they are counted. The scanner stands at
     * the segment that opens the level, wherever that was placed.
     *
     * @param hierarchy null when it opens none
     */
    void judgeNumber(@Nullable Hierarchy hierarchy, SegmentType type, int position) {
        String number = hierarchy == null ? "" : scanner.element(hierarchy.level());
        if (hierarchy == null || number.isEmpty()) {
            return;
        }
        if (!seen.add(number)) {
            errors.add(
                    type,
                    position,
                    hierarchy.level(),
                    ErrorCode.LEVEL_NUMBER_INVALID,
                    Phrase.LEVEL_NUMBER_TAKEN.say(type.tag()));
        } else if (hierarchy.counted() && !number.equals(Integer.toString(next))) {
            errors.add(
                    type,
                    position,
                    hierarchy.level(),
                    ErrorCode.LEVEL_NUMBER_INVALID,
                    Phrase.LEVEL_NUMBER_COUNTED.say(next));
        }
        // Counted on from what came, so that one number left out is one error.
        next = Wire.digits(number, 1, COUNT_DIGITS_MAX) ? Integer.parseInt(number) + 1 : next + 1;
    }

    /**
     * The level names another parent than the one it stands in.
     *
     * @param around the loop of the level it stands in, empty at the top
     * @param expected that level's number, empty at the top
     */
    void wrongParent(Hierarchy hierarchy, SegmentType type, int position, String around, String expected) {
        String named = scanner.element(hierarchy.parent());
        if (named.isEmpty()) {
            errors.add(
                    type,
                    position,
                    hierarchy.parent(),
                    ErrorCode.CONDITIONAL_ELEMENT_MISSING,
                    Phrase.LEVEL_PARENT_NEEDED.say(around, expected));
            return;
        }
        String rule = expected.isEmpty() && around.isEmpty()
                ? Phrase.LEVEL_WITHOUT_PARENT.say()
                : seen.contains(named)
                        ? Phrase.LEVEL_PARENT_NOT_OPEN.say(around, expected)
                        : Phrase.LEVEL_PARENT_UNKNOWN.say(around, expected);
        errors.add(type, position, hierarchy.parent(), ErrorCode.LEVEL_PARENT_INVALID, rule);
    }
}
