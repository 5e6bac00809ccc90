package io.lonja.force.day;

import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamReader;
import io.xlate.edi.stream.Location;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What lies in an interchange, as StAEDI takes it apart. */
final class Wire {

    private Wire() {}

    /** A segment; an element that is not there is empty text. */
    record Segment(String tag, List<List<String>> elements) {

        String at(int element) {
            return at(element, 1);
        }

        String at(int element, int component) {
            if (element > elements.size()) {
                return "";
            }
            List<String> components = elements.get(element - 1);
            return component > components.size() ? "" : components.get(component - 1);
        }

        private void put(int element, int component, String text) {
            while (elements.size() < element) {
                elements.add(new ArrayList<>());
            }
            List<String> components = elements.get(element - 1);
            while (components.size() < component) {
                components.add("");
            }
            components.set(component - 1, text);
        }
    }

    /**
     * A transaction set or message.
     *
     * @param type {@code 850}, {@code ORDERS}
     * @param version UNH S009; empty in X12
     * @param group GS01; empty in EDIFACT
     * @param groupControl GS06; empty in EDIFACT
     * @param segments between header and trailer
     */
    record Message(
            String type, String reference, String version, String group, String groupControl, List<Segment> segments) {}

    /** @param outside segments beside the messages, such as TA1 */
    record Interchange(String sender, String receiver, String control, List<Segment> outside, List<Message> messages) {}

    static Interchange read(byte[] payload) {
        List<Segment> segments = new ArrayList<>();
        try (EDIStreamReader reader = EDIInputFactory.newFactory()
                .createEDIStreamReader(new ByteArrayInputStream(payload), StandardCharsets.ISO_8859_1.name())) {
            while (reader.hasNext()) {
                EDIStreamEvent event = reader.next();
                if (event.isError()) {
                    throw new AssertionError("StAEDI says %s at %s of%n%s"
                            .formatted(reader.getErrorType(), reader.getLocation(), text(payload)));
                } else if (event == EDIStreamEvent.START_SEGMENT) {
                    segments.add(new Segment(reader.getText(), new ArrayList<>()));
                } else if (event == EDIStreamEvent.ELEMENT_DATA) {
                    Location at = reader.getLocation();
                    segments.get(segments.size() - 1)
                            .put(at.getElementPosition(), Math.max(1, at.getComponentPosition()), reader.getText());
                }
            }
        } catch (EDIStreamException | IOException e) {
            throw new AssertionError("StAEDI cannot read%n%s".formatted(text(payload)), e);
        }
        return interchange(segments);
    }

    static String text(byte[] payload) {
        return new String(payload, StandardCharsets.ISO_8859_1);
    }

    private static Interchange interchange(List<Segment> segments) {
        Segment first = segments.stream()
                .filter(segment -> !segment.tag().equals("UNA"))
                .findFirst()
                .orElseThrow();
        boolean x12 = first.tag().equals("ISA");
        List<Segment> outside = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        Segment group = new Segment("", List.of());
        List<Segment> current = outside;
        for (Segment segment : segments) {
            switch (segment.tag()) {
                case "ISA", "UNA", "UNB", "GE", "IEA", "UNZ" -> {}
                case "GS" -> group = segment;
                case "ST" -> {
                    current = new ArrayList<>();
                    messages.add(new Message(segment.at(1), segment.at(2), "", group.at(1), group.at(6), current));
                }
                case "UNH" -> {
                    current = new ArrayList<>();
                    messages.add(new Message(
                            segment.at(2),
                            segment.at(1),
                            String.join(":", segment.elements().get(1)),
                            "",
                            "",
                            current));
                }
                case "SE", "UNT" -> current = outside;
                default -> current.add(segment);
            }
        }
        return x12
                ? new Interchange(
                        first.at(6).strip(),
                        first.at(8).strip(),
                        Long.toString(Long.parseLong(first.at(13))),
                        outside,
                        messages)
                : new Interchange(first.at(2), first.at(3), first.at(5), outside, messages);
    }
}
