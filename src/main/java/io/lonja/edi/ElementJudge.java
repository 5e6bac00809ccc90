package io.lonja.edi;

import io.lonja.edi.Guide.ElementType;
import io.lonja.edi.Guide.ElementUse;
import io.lonja.edi.Guide.Qualifier;
import io.lonja.edi.Guide.SegmentType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Judges the elements of one segment by its type: presence, length, characters, codes and dates. */
final class ElementJudge {

    private final Delimiters delimiters;
    private final WireText text;
    private final SegmentScanner scanner;
    private final ElementErrors errors;
    private final Relations relations;
    private byte[] payload;

    ElementJudge(Delimiters delimiters, WireText text, SegmentScanner scanner, ElementErrors errors) {
        this.payload = scanner.bytes();
        this.delimiters = delimiters;
        this.text = text;
        this.scanner = scanner;
        this.errors = errors;
        this.relations = new Relations(scanner, errors);
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
                    errors.missing(type, position, i, 0, use, from);
                }
            } else if (use.max() == 0) {
                errors.add(type, position, i, 0, ErrorCode.ELEMENT_NOT_USED, use, "", from, to);
            } else if (use.type() != null && (start & SegmentScanner.COMPOSITE) == 0) {
                judge(type, position, i, 0, use, use.type(), from, to, start);
            } else {
                judgeParts(type, position, i, use, from, to, start);
            }
        }
        for (int i = sent + 1; i <= uses.length; i++) {
            if (uses[i - 1].min() > 0) {
                errors.missing(type, position, i, 0, uses[i - 1], scanner.from(i));
            }
        }
        for (int i = uses.length + 1; i <= sent; i++) {
            int from = scanner.start(i) & SegmentScanner.OFFSET;
            if (from < scanner.end(i)) {
                String last = String.format(Locale.ROOT, "%s%02d", type.tag(), uses.length);
                errors.add(
                        type,
                        position,
                        i,
                        0,
                        ErrorCode.TOO_MANY_ELEMENTS,
                        Expectation.rule(last),
                        from,
                        scanner.end(i));
                break;
            }
        }
        relations.judge(type, position);
    }

    /** The element that tells uses of the segment apart names none of them. */
    void unqualified(SegmentType type, int position, Qualifier qualifier, String said, Set<String> codes) {
        ElementUse use = Demands.use(type.elements()[qualifier.element() - 1], qualifier.component());
        ElementType own = use.type();
        int from = scanner.from(qualifier.element());
        if (said.isEmpty()) {
            if (use.min() == 0) {
                errors.missing(type, position, qualifier.element(), qualifier.component(), use, from);
            }
        } else if (own == null || own.codes() == null || own.codes().contains(said)) {
            errors.add(
                    type,
                    position,
                    qualifier.element(),
                    qualifier.component(),
                    ErrorCode.INVALID_CODE,
                    use,
                    codes(codes),
                    from,
                    scanner.to(qualifier.element()));
        }
    }

    private void judgeParts(SegmentType type, int position, int element, ElementUse use, int from, int to, int marks) {
        if (delimiters.repetition() != 0 && repetitions(from, to) > use.max()) {
            errors.add(
                    type, position, element, 0, ErrorCode.TOO_MANY_REPETITIONS, use, Phrase.times(use.max()), from, to);
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
                    errors.add(type, position, element, 0, ErrorCode.TOO_MANY_COMPONENTS, use, rule, from, to);
                    return;
                }
            } else {
                ElementUse inside = components == null ? use : components[component - 1];
                ElementType elementType = inside.type();
                if (at == end) {
                    if (inside.min() > 0 && components != null) {
                        errors.missing(type, position, element, component, inside, at);
                    }
                } else if (inside.max() == 0) {
                    errors.add(type, position, element, component, ErrorCode.ELEMENT_NOT_USED, inside, "", at, end);
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
                errors.missing(type, position, element, absent, inside, to);
            }
        }
        if (components != null && use.rules().length > 0) {
            relations.judge(type, position, element, components, use.rules(), bounds(from, to));
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
            errors.add(
                    segment,
                    position,
                    element,
                    component,
                    ErrorCode.INVALID_CHARACTER,
                    use,
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
                int digits = ElementForm.digits(
                        data, start, stop, type.base() == Guide.Base.DECIMAL, delimiters.decimalMark());
                if (digits < 0) {
                    String rule = type.base() == Guide.Base.DECIMAL
                            ? Phrase.NUMBER_FORM.say(decimalMark().say())
                            : Phrase.WHOLE_NUMBER_FORM.say();
                    errors.add(segment, position, element, component, ErrorCode.INVALID_CHARACTER, use, rule, from, to);
                    return;
                }
                length = digits;
            }
            case DATE -> {
                if (!ElementForm.date(data, start, stop, type)) {
                    Phrase rule = type.maxLength() == 6
                            ? Phrase.SHORT_DATE
                            : type.minLength() == 6 ? Phrase.ANY_DATE : Phrase.LONG_DATE;
                    errors.add(
                            segment, position, element, component, ErrorCode.INVALID_DATE, use, rule.say(), from, to);
                    return;
                }
            }
            case TIME -> {
                if (!ElementForm.time(data, start, stop)) {
                    errors.add(segment, position, element, component, ErrorCode.INVALID_TIME, use, "", from, to);
                    return;
                }
            }
            case STRING -> {
                if (use.min() > 0 && ElementForm.blank(data, start, stop)) {
                    errors.missing(segment, position, element, component, use, from);
                    return;
                }
            }
            case BINARY -> {
                String declared = element > 1 && component == 0 ? scanner.element(element - 1) : "";
                if (Wire.digits(declared, 1, 9) && Integer.parseInt(declared) != length) {
                    errors.add(
                            segment,
                            position,
                            element,
                            component,
                            Integer.parseInt(declared) > length
                                    ? ErrorCode.BINARY_TOO_SHORT
                                    : ErrorCode.ELEMENT_TOO_LONG,
                            use,
                            Phrase.BYTES_DECLARED.say(declared),
                            from,
                            to);
                    return;
                }
            }
            case IDENTIFIER, ANY -> {}
        }
        if (length > type.maxLength()) {
            errors.add(
                    segment,
                    position,
                    element,
                    component,
                    ErrorCode.ELEMENT_TOO_LONG,
                    use,
                    characters(type, type.maxLength()),
                    from,
                    to);
        } else if (length < type.minLength()) {
            errors.add(
                    segment,
                    position,
                    element,
                    component,
                    ErrorCode.ELEMENT_TOO_SHORT,
                    use,
                    characters(type, type.minLength()),
                    from,
                    to);
        } else if (type.codes() != null && !type.codes().contains(Wire.text(data, start, stop))) {
            errors.add(
                    segment, position, element, component, ErrorCode.INVALID_CODE, use, codes(type.codes()), from, to);
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
            errors.add(segment, position, element, component, ErrorCode.INVALID_CHARACTER, use, rule, from, to);
            return -1;
        }
        boolean foreign = characters.chars().anyMatch(c -> c >= 0x80);
        if (foreign && (type.base() != Guide.Base.STRING || characters.chars().anyMatch(c -> c >= 0x80 && c < 0xA0))) {
            String rule = Phrase.FOREIGN_LETTERS.say();
            errors.add(segment, position, element, component, ErrorCode.INVALID_CHARACTER, use, rule, from, to);
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
}
