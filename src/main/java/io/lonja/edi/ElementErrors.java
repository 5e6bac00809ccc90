package io.lonja.edi;

import io.lonja.archive.ByteRange;
import io.lonja.edi.Guide.ElementUse;
import io.lonja.edi.Guide.SegmentType;

/** Finds for an error in an element of the segment just scanned what it says of it: place, name, rule, and what came. */
final class ElementErrors {

    private final SegmentScanner scanner;
    private final WireText text;
    private final char release;
    private final Findings findings;

    /** @param release 0 for none */
    ElementErrors(SegmentScanner scanner, WireText text, char release, Findings findings) {
        this.scanner = scanner;
        this.text = text;
        this.release = release;
        this.findings = findings;
    }

    /** @param at where it should stand */
    void missing(SegmentType type, int position, int element, int component, ElementUse use, int at) {
        add(type, position, element, component, ErrorCode.MANDATORY_ELEMENT_MISSING, use, "", at, at);
    }

    /** An error in an element as a whole. */
    void add(SegmentType type, int position, int element, ErrorCode code, String rule) {
        ElementUse use = type.elements()[element - 1];
        add(type, position, element, 0, code, use, rule, scanner.from(element), scanner.to(element));
    }

    /**
     * An error in an element or a component of it.
     *
     * @param component 0 for the element
     * @param from of what came, in the scanner's bytes
     */
    void add(
            SegmentType type,
            int position,
            int element,
            int component,
            ErrorCode code,
            ElementUse use,
            String rule,
            int from,
            int to) {
        String reference = use.type() == null ? "" : use.type().reference();
        add(type, position, element, component, code, new Expectation(use.title(), reference, rule), from, to);
    }

    void add(
            SegmentType type,
            int position,
            int element,
            int component,
            ErrorCode code,
            Expectation expected,
            int from,
            int to) {
        String written = text.text(scanner.bytes(), from, to, true);
        findings.add(new SyntaxError(
                position,
                type.tag(),
                element,
                component,
                code,
                Wire.shortened(WireElements.released(written, release)),
                expected,
                new ByteRange(scanner.base() + from, scanner.base() + to)));
    }
}
