package io.lonja.edi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;

/** What a person or a program is told about one payload: the reading as text, as JSON and as an exit code. */
public final class Inspection {

    public static final int ACCEPTED = 0;
    public static final int WITH_FINDINGS = 1;
    public static final int REFUSED = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Reading reading;

    private Inspection(String name, Reading reading) {
        this.name = name;
        this.reading = reading;
    }

    /** @param name of the file, or {@code -} for standard input */
    public static Inspection of(String name, byte[] payload, InterchangeParser parser) {
        return new Inspection(name, parser.parse(payload));
    }

    public Reading reading() {
        return reading;
    }

    /**
     * {@link #ACCEPTED} when everything is; {@link #REFUSED} when nothing is, or it is not EDI; else
     * {@link #WITH_FINDINGS}.
     */
    public int exitCode() {
        List<Interchange> interchanges = reading.interchanges();
        List<TransactionSet> sets = interchanges.stream()
                .flatMap(interchange -> interchange.groups().stream())
                .flatMap(group -> group.transactionSets().stream())
                .toList();
        boolean allRefused = interchanges.stream().allMatch(Interchange::refused);
        boolean noneAccepted =
                !sets.isEmpty() && sets.stream().allMatch(set -> set.verdict() instanceof Verdict.Refused);
        if (allRefused || noneAccepted) {
            return REFUSED;
        }
        boolean clean = reading.errors().isEmpty()
                && interchanges.stream()
                        .allMatch(interchange -> interchange.errors().isEmpty()
                                && interchange.groups().stream()
                                        .allMatch(group -> group.errors().isEmpty()))
                && sets.stream().allMatch(set -> set.verdict() instanceof Verdict.Accepted);
        return clean ? ACCEPTED : WITH_FINDINGS;
    }

    /** The acknowledgments that the hub would send, one after the other: TA1 where due, then 997; or CONTRL. */
    public byte[] acknowledgments(AcknowledgmentWriter writer, long firstControlNumber, Instant at) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long number = firstControlNumber;
        for (Interchange interchange : reading.interchanges()) {
            if (interchange.acknowledgesOnly()) {
                continue;
            }
            boolean x12 = interchange.envelope().standard() == Standard.X12;
            if (interchange.refused() || x12 && interchange.envelope().acknowledgmentRequested()) {
                out.writeBytes(writer.interchange(interchange, interchange.noteCode(), number++, at));
            }
            byte[] functional = writer.functional(interchange, number, at).orElse(new byte[0]);
            if (functional.length > 0) {
                out.writeBytes(functional);
                number++;
            }
        }
        return out.toByteArray();
    }

    /** Lines for a person, without a line break at the end. */
    public String report() {
        StringBuilder report = new StringBuilder(name).append(": ").append(outcome());
        errors(report, "  ", reading.errors());
        for (Interchange interchange : reading.interchanges()) {
            Envelope envelope = interchange.envelope();
            report.append("\n  Interchange %s from %s to %s, version %s%s: %s"
                    .formatted(
                            envelope.controlNumber(),
                            envelope.sender(),
                            envelope.receiver(),
                            envelope.version(),
                            envelope.test() ? ", test" : "",
                            interchange.refused() ? "refused" : "read"));
            errors(report, "    ", interchange.errors());
            interchange
                    .acknowledgments()
                    .forEach(note -> report.append("\n    TA1 for interchange %s: %s %s"
                            .formatted(note.element(1), note.element(4), note.element(5))));
            for (FunctionalGroup group : interchange.groups()) {
                report.append("\n    ")
                        .append(
                                group.functionalIdentifier().isEmpty()
                                        ? "Messages without a group"
                                        : "Group %s %s, version %s"
                                                .formatted(
                                                        group.functionalIdentifier(),
                                                        group.controlNumber(),
                                                        group.version()))
                        .append(group.refused() ? ": refused" : "");
                errors(report, "      ", group.errors());
                for (TransactionSet set : group.transactionSets()) {
                    GuideId guide = set.guide();
                    report.append("\n      %s %s%s: %s"
                            .formatted(
                                    set.type(),
                                    set.controlNumber(),
                                    guide == null ? "" : " by " + guide,
                                    verdict(set).replace('-', ' ')));
                    errors(report, "        ", set.verdict().errors());
                }
            }
        }
        return report.toString();
    }

    private static void errors(StringBuilder report, String indent, List<SyntaxError> errors) {
        for (SyntaxError error : errors) {
            report.append('\n')
                    .append(indent)
                    .append(error.code().wireName())
                    .append(" at byte ")
                    .append(error.bytes().from())
                    .append(": ")
                    .append(error.sentence());
        }
    }

    private String outcome() {
        return switch (exitCode()) {
            case ACCEPTED -> "accepted";
            case WITH_FINDINGS -> partlyRefused() ? "partly refused" : "accepted with findings";
            default -> reading.interchanges().isEmpty() ? "not read" : "refused";
        };
    }

    private boolean partlyRefused() {
        return reading.interchanges().stream()
                .anyMatch(interchange -> interchange.refused()
                        || interchange.groups().stream()
                                .flatMap(group -> group.transactionSets().stream())
                                .anyMatch(set -> set.verdict() instanceof Verdict.Refused));
    }

    /** One object on one line: {@code {"file":…,"outcome":…,"interchanges":[…],"errors":[…]}}. */
    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("file", name);
        root.put("outcome", outcome().replace(' ', '-'));
        ArrayNode interchanges = root.putArray("interchanges");
        reading.interchanges().forEach(interchange -> interchange(interchanges.addObject(), interchange));
        errors(root, reading.errors());
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An inspection of %s cannot be written as JSON".formatted(name), e);
        }
    }

    private static void interchange(ObjectNode json, Interchange interchange) {
        Envelope envelope = interchange.envelope();
        json.put("standard", envelope.standard().name());
        json.put("sender", envelope.sender().toString());
        json.put("receiver", envelope.receiver().toString());
        json.put("controlNumber", envelope.controlNumber());
        json.put("version", envelope.version());
        json.put("date", envelope.date());
        json.put("time", envelope.time());
        json.put("test", envelope.test());
        json.put("acknowledgmentRequested", envelope.acknowledgmentRequested());
        json.put("refused", interchange.refused());
        range(json, interchange.bytes().from(), interchange.bytes().to());
        ArrayNode notes = json.putArray("acknowledgments");
        interchange
                .acknowledgments()
                .forEach(note -> notes.addObject()
                        .put("of", note.element(1))
                        .put("accepted", note.element(4))
                        .put("noteCode", note.element(5)));
        ArrayNode groups = json.putArray("groups");
        for (FunctionalGroup group : interchange.groups()) {
            ObjectNode node = groups.addObject();
            node.put("functionalIdentifier", group.functionalIdentifier());
            node.put("sender", group.senderCode());
            node.put("receiver", group.receiverCode());
            node.put("controlNumber", group.controlNumber());
            node.put("version", group.version());
            node.put("refused", group.refused());
            range(node, group.bytes().from(), group.bytes().to());
            ArrayNode sets = node.putArray("transactionSets");
            group.transactionSets().forEach(set -> transactionSet(sets.addObject(), set));
            errors(node, group.errors());
        }
        errors(json, interchange.errors());
    }

    private static void transactionSet(ObjectNode json, TransactionSet set) {
        json.put("type", set.type());
        json.put("controlNumber", set.controlNumber());
        GuideId guide = set.guide();
        if (guide != null) {
            json.put("guide", guide.value());
        }
        json.put("verdict", verdict(set));
        range(json, set.bytes().from(), set.bytes().to());
        errors(json, set.verdict().errors());
    }

    private static String verdict(TransactionSet set) {
        if (set.verdict() instanceof Verdict.Accepted) {
            return "accepted";
        }
        return set.verdict() instanceof Verdict.AcceptedWithErrors ? "accepted-with-errors" : "refused";
    }

    private static void errors(ObjectNode json, List<SyntaxError> errors) {
        ArrayNode array = json.putArray("errors");
        for (SyntaxError error : errors) {
            array.addObject()
                    .put("segment", error.segment())
                    .put("segmentId", error.segmentId())
                    .put("element", error.element())
                    .put("component", error.component())
                    .put("code", error.code().wireName())
                    .put("message", error.sentence())
                    .put("found", error.found())
                    .put("byte", error.bytes().from());
        }
    }

    private static void range(ObjectNode json, long from, long to) {
        json.putObject("bytes").put("from", from).put("to", to);
    }
}
