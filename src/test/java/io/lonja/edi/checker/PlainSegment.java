package io.lonja.edi.checker;

import java.util.ArrayList;
import java.util.List;

/**
 * A segment by the rules of its syntax alone: a character for each byte, and release characters taken away.
 *
 * @param from offset of its tag
 * @param to offset behind its terminator, or behind its last character where there is none
 * @param raw its elements as they are spelled
 * @param elements elements, their repetitions, their components
 */
public record PlainSegment(String tag, int from, int to, List<String> raw, List<List<List<String>>> elements) {

    private static final String BLANKS = " \t\r\n";

    /** All between two offsets: blanks and terminators between segments are passed over. */
    public static List<PlainSegment> split(String wire, int from, int to, Separators by) {
        List<PlainSegment> segments = new ArrayList<>();
        int at = from;
        while (true) {
            while (at < to && (BLANKS.indexOf(wire.charAt(at)) >= 0 || wire.charAt(at) == by.terminator())) {
                at++;
            }
            if (at >= to) {
                return segments;
            }
            int end = at;
            while (end < to && wire.charAt(end) != by.terminator()) {
                end += by.release() != 0 && wire.charAt(end) == by.release() ? 2 : 1;
            }
            boolean terminated = end < to;
            end = Math.min(end, to);
            int contentTo = end;
            if (!terminated) {
                while (BLANKS.indexOf(wire.charAt(contentTo - 1)) >= 0) {
                    contentTo--;
                }
            }
            segments.add(of(wire.substring(at, contentTo), at, terminated ? end + 1 : contentTo, by));
            at = terminated ? end + 1 : end;
        }
    }

    private static PlainSegment of(String content, int from, int to, Separators by) {
        List<String> spelled = parts(content, by.element(), by.release());
        List<List<List<String>>> elements = new ArrayList<>();
        for (String element : spelled.subList(1, spelled.size())) {
            List<List<String>> repetitions = new ArrayList<>();
            for (String repetition : parts(element, by.repetition(), by.release())) {
                List<String> components = new ArrayList<>();
                for (String component : parts(repetition, by.component(), by.release())) {
                    components.add(unreleased(component, by.release()));
                }
                repetitions.add(components);
            }
            elements.add(repetitions);
        }
        return new PlainSegment(spelled.get(0), from, to, spelled.subList(1, spelled.size()), elements);
    }

    private static List<String> parts(String text, char separator, char release) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (release != 0 && c == release && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
            } else if (separator != 0 && c == separator) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /** A release character at the very end releases nothing and is data. */
    private static String unreleased(String text, char release) {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            i += release != 0 && text.charAt(i) == release && i + 1 < text.length() ? 1 : 0;
            data.append(text.charAt(i));
        }
        return data.toString();
    }

    /** The element (counted from 1), as spelled; empty when it is absent. */
    String raw(int element) {
        return element < 1 || element > raw.size() ? "" : raw.get(element - 1);
    }

    /** The component (both counted from 1) of the first repetition; empty when it is absent. */
    String text(int element, int component) {
        return texts(element, component).get(0);
    }

    /** Its first component. */
    String text(int element) {
        return text(element, 1);
    }

    /** The component in every repetition. */
    List<String> texts(int element, int component) {
        if (element < 1 || element > elements.size()) {
            return List.of("");
        }
        return elements.get(element - 1).stream()
                .map(components -> component > components.size() ? "" : components.get(component - 1))
                .toList();
    }
}
