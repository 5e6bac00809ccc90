package io.lonja.edi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What a person or a program is told about one payload: the reading as text, as JSON and as an exit code. */
public final class Inspection {

    public static final int ACCEPTED = 0;
    public static final int WITH_FINDINGS = 1;
    public static final int REFUSED = 2;

    /** ASCII only: it may be read on a terminal, to which some characters of a payload would be commands. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final String name;
    private final byte[] payload;
    private final Reading reading;

    private Inspection(String name, byte[] payload, Reading reading) {
        this.name = name;
        this.payload = payload;
        this.reading = reading;
    }

    /** @param name of the file, or {@code -} for standard input */
    public static Inspection of(String name, byte[] payload, InterchangeParser parser) {
        return new Inspection(name, payload, parser.parse(payload));
    }

    /** Of a payload that could not be had: not read, with nothing in it. */
    public static Inspection unread(String name) {
        return new Inspection(name, new byte[0], new Reading(List.of(), List.of()));
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
        return acknowledgments(writer, FunctionalAcknowledgment.BY_997, new AtomicLong(firstControlNumber), at);
    }

    /**
     * The same, for payloads that are answered one after the other.
     *
     * @param agreed by what X12 groups of 005010 and later are answered
     * @param nextControlNumber counts on, so that no two acknowledgments have the same number
     */
    public byte[] acknowledgments(
            AcknowledgmentWriter writer, FunctionalAcknowledgment agreed, AtomicLong nextControlNumber, Instant at) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Interchange interchange : reading.interchanges()) {
            if (interchange.acknowledgesOnly()) {
                continue;
            }
            boolean x12 = interchange.envelope().standard() == Standard.X12;
            if (interchange.refused() || x12 && interchange.envelope().acknowledgmentRequested()) {
                out.writeBytes(writer.interchange(
                        interchange, interchange.noteCode(), nextControlNumber.getAndIncrement(), at));
            }
            byte[] functional = writer.functional(interchange, agreed, nextControlNumber.get(), at)
                    .orElse(new byte[0]);
            if (functional.length > 0) {
                out.writeBytes(functional);
                nextControlNumber.getAndIncrement();
            }
        }
        return out.toByteArray();
    }

    /** Lines for a person, without a line break at the end: what became of everything, and all errors. */
    public String report() {
        StringBuilder report = new StringBuilder(headline());
        errors(report, "  ", reading.errors());
        for (Interchange interchange : reading.interchanges()) {
            report.append("\n  ").append(InterchangeTree.headline(interchange));
            errors(report, "    ", interchange.errors());
            interchange
                    .acknowledgments()
                    .forEach(note -> report.append("\n    ")
                            .append(SafeText.of(
                                    Phrase.TA1_NOTE.say(note.element(1), note.element(4), note.element(5)))));
            for (FunctionalGroup group : interchange.groups()) {
                report.append("\n    ").append(InterchangeTree.headline(group));
                errors(report, "      ", group.errors());
                for (TransactionSet set : group.transactionSets()) {
                    report.append("\n      ")
                            .append(InterchangeTree.headline(
                                    interchange.envelope().standard(), set));
                    errors(report, "        ", set.verdict().errors());
                }
            }
        }
        return report.toString();
    }

    /**
     * Writes the {@link #report} as a tree with all segments and elements, named as the guides name them, and every error
     * under the text that it is about. Nothing of the payload reaches a terminal as a command.
     */
    public void tree(Guides guides, PrintWriter out) {
        out.print(headline() + "\n");
        new InterchangeTree(payload, guides, out).write(reading);
        out.flush();
    }

    private String headline() {
        return SafeText.of(Phrase.OUTCOME.say(name, outcome().say()));
    }

    private static void errors(StringBuilder report, String indent, List<SyntaxError> errors) {
        for (SyntaxError error : errors) {
            report.append('\n')
                    .append(indent)
                    .append(Phrase.FINDING.say(
                            error.code().wireName(), error.bytes().from(), error.sentence()));
        }
    }

    private Phrase outcome() {
        return switch (exitCode()) {
            case ACCEPTED -> Phrase.ACCEPTED;
            case WITH_FINDINGS -> partlyRefused() ? Phrase.PARTLY_REFUSED : Phrase.ACCEPTED_WITH_FINDINGS;
            default -> reading.interchanges().isEmpty() ? Phrase.NOT_READ : Phrase.REFUSED;
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
        root.put("outcome", wireName(outcome()));
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
        json.put("verdict", wireName(InterchangeTree.outcome(set.verdict())));
        range(json, set.bytes().from(), set.bytes().to());
        errors(json, set.verdict().errors());
    }

    /** {@code accepted-with-errors}, in every language. */
    private static String wireName(Phrase outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
