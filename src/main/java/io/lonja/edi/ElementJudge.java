package io.lonja.edi;

import io.lonja.archive.ByteRange;
import io.lonja.edi.Guide.ElementType;
import io.lonja.edi.Guide.ElementUse;
import io.lonja.edi.Guide.Qualifier;
import io.lonja.edi.Guide.Rule;
import io.lonja.edi.Guide.SegmentType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Judges the elements of one segment by its type: presence, length, characters, codes, dates, and what goes together. */
final class ElementJudge {

    private final Delimiters delimiters;
    private final WireText text;
    private final SegmentScanner scanner;
    private final Findings findings;
    private final Parts inSegment = new Elements();
    private byte[] payload;

    ElementJudge(Delimiters delimiters, WireText text, SegmentScanner scanner, Findings findings) {
        this.payload = scanner.bytes();
        this.delimiters = delimiters;
        this.text = text;
        this.scanner = scanner;
        this.findings = findings;
    }

    void judge(SegmentType type, int position) {
        payload = scanner.bytes();
        ElementUse[] uses = type.elements();
        int sent = scanner.elements();
        int known = Math.min(sent, uses.length);
        for (int i = 1; i <= known; i++) {
            ElementUse use = uses[i - 1];
            int start = scanner.start(i);
            int from = start & SegmentScanner.OFFSET;
            int to = scanner.end(i);
            if (from == to) {
                if (use.min() > 0) {
                    missing(type, position, i, 0, use, from);
                }
            } else if (use.max() == 0) {
                add(type, position, i, 0, ErrorCode.ELEMENT_NOT_USED, use.title(), reference(use), "", from, to);
            } else if (use.type() != null && (start & SegmentScanner.COMPOSITE) == 0) {
                judge(type, position, i, 0, use, use.type(), from, to, start);
            } else {
                judgeParts(type, position, i, use, from, to, start);
            }
        }
        for (int i = sent + 1; i <= uses.length; i++) {
            if (uses[i - 1].min() > 0) {
                missing(type, position, i, 0, uses[i - 1], endOfContent());
            }
        }
        for (int i = uses.length + 1; i <= sent; i++) {
            int from = scanner.start(i) & SegmentScanner.OFFSET;
            if (from < scanner.end(i)) {
                String last = String.format(Locale.ROOT, "%s%02d", type.tag(), uses.length);
                add(type, position, i, 0, ErrorCode.TOO_MANY_ELEMENTS, "", "", last, from, scanner.end(i));
                break;
            }
        }
        for (Rule rule : type.rules()) {
            judge(type, position, 0, type.elements(), inSegment, rule);
        }
    }

    /** An error in an element as a whole, found by who knows more than the segment. */
    void fault(SegmentType type, int position, int element, ErrorCode code, String rule) {
        ElementUse use = type.elements()[element - 1];
        int from = inSegment.from(element);
        add(type, position, element, 0, code, use.title(), reference(use), rule, from, inSegment.to(element));
    }

    /** The element that tells uses of the segment apart names none of them. */
    void unqualified(SegmentType type, int position, Qualifier qualifier, String said, Set<String> codes) {
        ElementUse use = Demands.use(type.elements()[qualifier.element() - 1], qualifier.component());
        ElementType own = use.type();
        int from = inSegment.from(qualifier.element());
        if (said.isEmpty()) {
            if (use.min() == 0) {
                missing(type, position, qualifier.element(), qualifier.component(), use, from);
            }
        } else if (own == null || own.codes() == null || own.codes().contains(said)) {
            add(
                    type,
                    position,
                    qualifier.element(),
                    qualifier.component(),
                    ErrorCode.INVALID_CODE,
                    use.title(),
                    reference(use),
                    codes(codes),
                    from,
                    inSegment.to(qualifier.element()));
        }
    }

    private void judgeParts(SegmentType type, int position, int element, ElementUse use, int from, int to, int marks) {
        if (delimiters.repetition() != 0 && repetitions(from, to) > use.max()) {
            add(
                    type,
                    position,
                    element,
                    0,
                    ErrorCode.TOO_MANY_REPETITIONS,
                    use.title(),
                    reference(use),
                    Phrase.times(use.max()),
                    from,
                    to);
        }
        int at = from;
        int end = partEnd(at, to, delimiters.repetition());
        judgeComponents(type, position, element, use, at, end, marks);
        while (end < to) {
            at = end + 1;
            end = partEnd(at, to, delimiters.repetition());
            judgeComponents(type, position, element, use, at, end, marks);
        }
    }

    private int repetitions(int from, int to) {
        int repetitions = 1;
        for (int end = partEnd(from, to, delimiters.repetition());
                end < to;
                end = partEnd(end + 1, to, delimiters.repetition())) {
            repetitions++;
        }
        return repetitions;
    }

    /** One repetition of an element, component by component. */
    private void judgeComponents(
            SegmentType type, int position, int element, ElementUse use, int from, int to, int marks) {
        ElementUse @Nullable [] components = use.components();
        int count = components == null ? 1 : components.length;
        int at = from;
        int end = partEnd(at, to, delimiters.component());
        int inner = components == null && end == to ? 0 : 1;
        int component = 1;
        while (true) {
            if (component > count) {
                if (at < end) {
                    String rule = count == 1 ? Phrase.ONE.say() : Integer.toString(count);
                    add(
                            type,
                            position,
                            element,
                            0,
                            ErrorCode.TOO_MANY_COMPONENTS,
                            use.title(),
                            reference(use),
                            rule,
                            from,
                            to);
                    return;
                }
            } else {
                ElementUse inside = components == null ? use : components[component - 1];
                ElementType elementType = inside.type();
                if (at == end) {
                    if (inside.min() > 0 && components != null) {
                        missing(type, position, element, component, inside, at);
                    }
                } else if (inside.max() == 0) {
                    add(
                            type,
                            position,
                            element,
                            component,
                            ErrorCode.ELEMENT_NOT_USED,
                            inside.title(),
                            reference(inside),
                            "",
                            at,
                            end);
                } else if (elementType != null) {
                    judge(type, position, element, inner * component, inside, elementType, at, end, marks);
                }
            }
            if (end >= to) {
                break;
            }
            component++;
            at = end + 1;
            end = partEnd(at, to, delimiters.component());
        }
        for (int absent = component + 1; absent <= count; absent++) {
            ElementUse inside = components == null ? use : components[absent - 1];
            if (inside.min() > 0) {
                missing(type, position, element, absent, inside, to);
            }
        }
        if (components != null && use.rules().length > 0) {
            Parts parts = new Components(bounds(from, to));
            for (Rule rule : use.rules()) {
                judge(type, position, element, components, parts, rule);
            }
        }
    }

    /** Where each component of one repetition begins, and last where one more would. */
    private int[] bounds(int from, int to) {
        IntStream.Builder bounds = IntStream.builder().add(from);
        for (int end = partEnd(from, to, delimiters.component());
                end < to;
                end = partEnd(end + 1, to, delimiters.component())) {
            bounds.add(end + 1);
        }
        return bounds.add(to + 1).build().toArray();
    }

    /** Where the part that begins here ends: at a separator that is not released, or at the end. */
    private int partEnd(int from, int to, char separator) {
        if (separator == 0) {
            return to;
        }
        char release = delimiters.release();
        for (int i = from; i < to; i++) {
            int c = payload[i] & 0xFF;
            if (c == separator) {
                return i;
            }
            if (c == release && c != 0) {
                i++;
            }
        }
        return to;
    }

    private void judge(
            SegmentType segment,
            int position,
            int element,
            int component,
            ElementUse use,
            ElementType type,
            int from,
            int to,
            int marks) {
        if ((marks & SegmentScanner.CONTROL) != 0 && controlIn(from, to)) {
            add(
                    segment,
                    position,
                    element,
                    component,
                    ErrorCode.INVALID_CHARACTER,
                    use.title(),
                    type.reference(),
                    Phrase.CONTROL_CHARACTERS.say(),
                    from,
                    to);
            return;
        }
        byte[] data = payload;
        int start = from;
        int stop = to;
        if ((marks & SegmentScanner.COMPOSITE) != 0 && releasesIn(from, to)) {
            data = released(from, to);
            start = 0;
            stop = data.length;
        }
        int length = stop - start;
        if ((marks & SegmentScanner.BEYOND_ASCII) != 0) {
            int characters = beyondAscii(segment, position, element, component, use, type, from, to, data, start, stop);
            if (characters < 0) {
                return;
            }
            length = characters;
        }
        switch (type.base()) {
            case NUMERIC, DECIMAL -> {
                int digits = digits(data, start, stop, type.base() == Guide.Base.DECIMAL);
                if (digits < 0) {
                    String rule = type.base() == Guide.Base.DECIMAL
                            ? Phrase.NUMBER_FORM.say(decimalMark().say())
                            : Phrase.WHOLE_NUMBER_FORM.say();
                    add(
                            segment,
                            position,
                            element,
                            component,
                            ErrorCode.INVALID_CHARACTER,
                            use.title(),
                            type.reference(),
                            rule,
                            from,
                            to);
                    return;
                }
                length = digits;
            }
            case DATE -> {
                if (!date(data, start, stop, type)) {
                    Phrase rule = type.maxLength() == 6
                            ? Phrase.SHORT_DATE
                            : type.minLength() == 6 ? Phrase.ANY_DATE : Phrase.LONG_DATE;
                    add(
                            segment,
                            position,
                            element,
                            component,
                            ErrorCode.INVALID_DATE,
                            use.title(),
                            type.reference(),
                            rule.say(),
                            from,
                            to);
                    return;
                }
            }
            case TIME -> {
                if (!time(data, start, stop)) {
                    add(
                            segment,
                            position,
                            element,
                            component,
                            ErrorCode.INVALID_TIME,
                            use.title(),
                            type.reference(),
                            "",
                            from,
                            to);
                    return;
                }
            }
            case STRING -> {
                if (use.min() > 0 && allBlank(data, start, stop)) {
                    missing(segment, position, element, component, use, from);
                    return;
                }
            }
            case BINARY -> {
                String declared = element > 1 && component == 0 ? scanner.element(element - 1) : "";
                if (Wire.digits(declared, 1, 9) && Integer.parseInt(declared) != length) {
                    add(
                            segment,
                            position,
                            element,
                            component,
                            Integer.parseInt(declared) > length
                                    ? ErrorCode.BINARY_TOO_SHORT
                                    : ErrorCode.ELEMENT_TOO_LONG,
                            use.title(),
                            type.reference(),
                            Phrase.BYTES_DECLARED.say(declared),
                            from,
                            to);
                    return;
                }
            }
            case IDENTIFIER, ANY -> {}
        }
        if (length > type.maxLength()) {
            add(
                    segment,
                    position,
                    element,
                    component,
                    ErrorCode.ELEMENT_TOO_LONG,
                    use.title(),
                    type.reference(),
                    characters(type, type.maxLength()),
                    from,
                    to);
        } else if (length < type.minLength()) {
            add(
                    segment,
                    position,
                    element,
                    component,
                    ErrorCode.ELEMENT_TOO_SHORT,
                    use.title(),
                    type.reference(),
                    characters(type, type.minLength()),
                    from,
                    to);
        } else if (type.codes() != null && !type.codes().contains(Wire.text(data, start, stop))) {
            add(
                    segment,
                    position,
                    element,
                    component,
                    ErrorCode.INVALID_CODE,
                    use.title(),
                    type.reference(),
                    codes(type.codes()),
                    from,
                    to);
        }
    }

    private boolean controlIn(int from, int to) {
        for (int i = from; i < to; i++) {
            if (payload[i] >= 0 && payload[i] < 0x20 || payload[i] == 0x7F) {
                return true;
            }
        }
        return false;
    }

    /** Length in characters; -1 after an error was added. */
    private int beyondAscii(
            SegmentType segment,
            int position,
            int element,
            int component,
            ElementUse use,
            ElementType type,
            int from,
            int to,
            byte[] data,
            int start,
            int stop) {
        String characters = text.strict(data, start, stop);
        if (characters == null) {
            int bad = Math.min(text.malformedAt(payload, from, to), to - 1);
            String rule = text.complaint(payload[bad], scanner.base() + bad);
            add(
                    segment,
                    position,
                    element,
                    component,
                    ErrorCode.INVALID_CHARACTER,
                    use.title(),
                    type.reference(),
                    rule,
                    from,
                    to);
            return -1;
        }
        boolean foreign = characters.chars().anyMatch(c -> c >= 0x80);
        if (foreign && (type.base() != Guide.Base.STRING || characters.chars().anyMatch(c -> c >= 0x80 && c < 0xA0))) {
            String rule = Phrase.FOREIGN_LETTERS.say();
            add(
                    segment,
                    position,
                    element,
                    component,
                    ErrorCode.INVALID_CHARACTER,
                    use.title(),
                    type.reference(),
                    rule,
                    from,
                    to);
            return -1;
        }
        return characters.codePointCount(0, characters.length());
    }

    private boolean releasesIn(int from, int to) {
        char release = delimiters.release();
        if (release != 0) {
            for (int i = from; i < to; i++) {
                if ((payload[i] & 0xFF) == release) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The bytes without release characters: only where some are, or separators. */
    private byte[] released(int from, int to) {
        byte[] data = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if ((payload[i] & 0xFF) == delimiters.release() && i + 1 < to) {
                i++;
            }
            data[length++] = payload[i];
        }
        return Arrays.copyOf(data, length);
    }

    private Phrase decimalMark() {
        return switch (delimiters.decimalMark()) {
            case ',' -> Phrase.COMMA;
            case '.' -> Phrase.POINT;
            default -> Phrase.POINT_OR_COMMA;
        };
    }

    private boolean marksDecimals(byte b) {
        char mark = delimiters.decimalMark();
        return mark == 0 ? b == '.' || b == ',' : b == mark;
    }

    /** How many digits a number has; -1 when it is none. Sign and decimal mark do not count (X12.6, N and R; ISO 9735). */
    private int digits(byte[] data, int from, int to, boolean decimalMark) {
        int i = data[from] == '-' ? from + 1 : from;
        int digits = 0;
        boolean mark = false;
        for (; i < to; i++) {
            byte b = data[i];
            if (b >= '0' && b <= '9') {
                digits++;
            } else if (decimalMark && !mark && marksDecimals(b)) {
                mark = true;
            } else {
                return -1;
            }
        }
        return digits == 0 ? -1 : digits;
    }

    private static boolean date(byte[] data, int from, int to, ElementType type) {
        int length = to - from;
        if (length != 8 && length != 6 || length < type.minLength() || length > type.maxLength()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (data[i] < '0' || data[i] > '9') {
                return false;
            }
        }
        int year = length == 8 ? number(data, from, 4) : 2000 + number(data, from, 2);
        int month = number(data, to - 4, 2);
        int day = number(data, to - 2, 2);
        return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
    }

    private static int daysIn(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private static boolean time(byte[] data, int from, int to) {
        int length = to - from;
        if (length != 4 && (length < 6 || length > 8)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (data[i] < '0' || data[i] > '9') {
                return false;
            }
        }
        return number(data, from, 2) < 24
                && number(data, from + 2, 2) < 60
                && (length == 4 || number(data, from + 4, 2) < 60);
    }

    private static int number(byte[] data, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * 10 + data[i] - '0';
        }
        return value;
    }

    private static boolean allBlank(byte[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            if (data[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    /**
     * Judges what goes together in a segment, or in a composite of it.
     *
     * @param element the composite's; 0 for the segment
     */
    private void judge(
            SegmentType type, int position, int element, @Nullable ElementUse[] uses, Parts parts, Rule rule) {
        int[] positions = rule.positions();
        int present = 0;
        for (int part : positions) {
            present += parts.present(part) ? 1 : 0;
        }
        boolean first = parts.present(positions[0]);
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
        ElementUse use = Objects.requireNonNull(uses[part - 1]);
        String names = String.join(
                ", ",
                Arrays.stream(positions)
                        .mapToObj(it -> element == 0
                                ? SyntaxError.place(type.tag(), it, 0)
                                : SyntaxError.place(type.tag(), element, it))
                        .toList());
        add(
                type,
                position,
                element == 0 ? part : element,
                element == 0 ? 0 : part,
                code,
                use.title(),
                reference(use),
                rule.say(names),
                parts.from(part),
                parts.to(part));
    }

    private void missing(SegmentType type, int position, int element, int component, ElementUse use, int at) {
        add(
                type,
                position,
                element,
                component,
                ErrorCode.MANDATORY_ELEMENT_MISSING,
                use.title(),
                reference(use),
                "",
                at,
                at);
    }

    private int endOfContent() {
        return scanner.end(scanner.elements());
    }

    private static String reference(ElementUse use) {
        return use.type() == null ? "" : use.type().reference();
    }

    private static String characters(ElementType type, int count) {
        if (type.base() == Guide.Base.NUMERIC || type.base() == Guide.Base.DECIMAL) {
            return count == 1 ? Phrase.ONE_DIGIT.say() : Phrase.DIGITS.say(count);
        }
        return count == 1 ? Phrase.ONE_CHARACTER.say() : Phrase.CHARACTERS.say(count);
    }

    /** The first of the codes, as they fit a sentence. */
    static String codes(Set<String> codes) {
        List<String> first = codes.stream().limit(12).toList();
        String listed = String.join(", ", first);
        return codes.size() > first.size() ? Phrase.AND_OTHER_CODES.say(listed) : listed;
    }

    private void add(
            SegmentType type,
            int position,
            int element,
            int component,
            ErrorCode code,
            String name,
            String reference,
            String rule,
            int from,
            int to) {
        String written = text.text(payload, from, to, true);
        String found = Wire.shortened(WireElements.released(written, delimiters.release()));
        findings.add(new SyntaxError(
                position,
                type.tag(),
                element,
                component,
                code,
                found,
                new Expectation(name, reference, rule),
                new ByteRange(scanner.base() + from, scanner.base() + to)));
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

    private final class Elements implements Parts {

        @Override
        public int from(int part) {
            return part <= scanner.elements() ? scanner.start(part) & SegmentScanner.OFFSET : endOfContent();
        }

        @Override
        public int to(int part) {
            return part <= scanner.elements() ? scanner.end(part) : endOfContent();
        }
    }

    /** @param bounds where each component begins, and last where one more would */
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
