package io.lonja.edi;

import io.lonja.edi.Guide.ElementUse;
import io.lonja.edi.Guide.Rule;
import io.lonja.edi.Guide.SegmentType;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Judges what goes together in a segment or in a composite: its {@code <syntax>} notes (X12.6, condition designators; ISO 9735, dependency notes). */
final class Relations {

    private final ElementErrors errors;
    private final Parts elements;

    Relations(SegmentScanner scanner, ElementErrors errors) {
        this.errors = errors;
        this.elements = new Elements(scanner);
    }

    void judge(SegmentType type, int position) {
        judge(type, position, 0, type.elements(), elements, type.rules());
    }

    /**
     * One repetition of a composite.
     *
     * @param bounds where each component begins, and last where one more would
     */
    void judge(
            SegmentType type,
            int position,
            int element,
            @Nullable ElementUse[] components,
            Rule[] rules,
            int[] bounds) {
        judge(type, position, element, components, new Components(bounds), rules);
    }

    private void judge(
            SegmentType type, int position, int element, @Nullable ElementUse[] uses, Parts parts, Rule[] rules) {
        if (rules.length == 0) {
            return;
        }
        long present = present(parts, Math.min(uses.length, Rule.POSITION_MAX));
        for (Rule rule : rules) {
            judge(type, position, element, uses, parts, rule, present);
        }
    }

    /** As bits, the lowest for part 0, which there is none of. */
    private static long present(Parts parts, int count) {
        long present = 0;
        for (int part = 1; part <= count; part++) {
            present |= parts.present(part) ? 1L << part : 0;
        }
        return present;
    }

    /** @param element the composite's; 0 for the segment */
    private void judge(
            SegmentType type,
            int position,
            int element,
            @Nullable ElementUse[] uses,
            Parts parts,
            Rule rule,
            long there) {
        int[] positions = rule.positions();
        int present = Long.bitCount(there & rule.mask());
        boolean first = (there >> positions[0] & 1) != 0;
        boolean all = present == positions.length;
        Phrase missing = switch (rule.relation()) {
            case PAIRED -> present > 0 && !all ? Phrase.PAIRED : null;
            case REQUIRED, SINGLE -> present == 0 ? Phrase.ONE_NEEDED : null;
            case CONDITIONAL -> first && !all ? Phrase.FIRST_ASKS_FOR_ALL : null;
            case LIST -> first && present == 1 ? Phrase.FIRST_ASKS_FOR_ONE : null;
            case EXCLUSION, FIRSTONLY -> null;
        };
        boolean tooMany = switch (rule.relation()) {
            case SINGLE, EXCLUSION -> present > 1;
            case FIRSTONLY -> first && present > 1;
            case PAIRED, REQUIRED, CONDITIONAL, LIST -> false;
        };
        if (missing != null) {
            int part = Arrays.stream(positions)
                    .filter(it -> !parts.present(it))
                    .findFirst()
                    .orElseThrow();
            add(type, position, element, part, uses, parts, ErrorCode.CONDITIONAL_ELEMENT_MISSING, missing, positions);
        } else if (tooMany) {
            int part = Arrays.stream(positions)
                    .filter(parts::present)
                    .skip(1)
                    .findFirst()
                    .orElseThrow();
            add(type, position, element, part, uses, parts, ErrorCode.EXCLUSION_VIOLATED, Phrase.ONLY_ONE, positions);
        }
    }

    private void add(
            SegmentType type,
            int position,
            int element,
            int part,
            @Nullable ElementUse[] uses,
            Parts parts,
            ErrorCode code,
            Phrase rule,
            int[] positions) {
        String names = String.join(
                ", ",
                Arrays.stream(positions)
                        .mapToObj(it -> element == 0
                                ? SyntaxError.place(type.tag(), it, 0)
                                : SyntaxError.place(type.tag(), element, it))
                        .toList());
        errors.add(
                type,
                position,
                element == 0 ? part : element,
                element == 0 ? 0 : part,
                code,
                Objects.requireNonNull(uses[part - 1]),
                rule.say(names),
                parts.from(part),
                parts.to(part));
    }

    /** The elements of a segment or the components of a composite, counted from 1: which are there, and where. */
    private interface Parts {

        /** Where it begins; at the end of what came when it is absent. */
        int from(int part);

        int to(int part);

        default boolean present(int part) {
            return from(part) < to(part);
        }
    }

    private record Elements(SegmentScanner scanner) implements Parts {

        @Override
        public int from(int part) {
            return scanner.from(part);
        }

        @Override
        public int to(int part) {
            return scanner.to(part);
        }
    }

    private record Components(int[] bounds) implements Parts {

        @Override
        public int from(int part) {
            return bounds[Math.min(part, bounds.length) - 1] - (part < bounds.length ? 0 : 1);
        }

        @Override
        public int to(int part) {
            return bounds[Math.min(part, bounds.length - 1)] - 1;
        }
    }
}
