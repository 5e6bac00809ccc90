package io.lonja.edi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What a person or a program is told about one payload: the reading as text, as JSON and as an exit code. It is read once
 * to learn what becomes of it and once more each time it is shown, so that its size does not matter.
 */
public final class Inspection {

    public static final int ACCEPTED = 0;
    public static final int WITH_FINDINGS = 1;
    public static final int REFUSED = 2;

    private final String name;
    private final Consumer<ReadingVisitor> payload;
    private final Survey survey = new Survey();

    private Inspection(String name, Consumer<ReadingVisitor> payload) {
        this.name = name;
        this.payload = payload;
        payload.accept(survey);
    }

    /** @param name of the file, or {@code -} for standard input */
    public static Inspection of(String name, byte[] payload, InterchangeParser parser) {
        return new Inspection(name, visitor -> parser.parse(payload, visitor));
    }

    /**
     * Of a payload of any size.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    public static Inspection of(String name, Source payload, InterchangeParser parser) {
        return new Inspection(name, visitor -> {
            try (InputStream in = payload.open()) {
                parser.parse(in, visitor);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Of a payload that could not be had: not read, with nothing in it. */
    public static Inspection unread(String name) {
        return new Inspection(name, visitor -> {});
    }

    /** Bytes that are read from their beginning each time. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    /** Reads it once more: interchanges and groups come with all their errors, and their sets as they really count. */
    public void visit(ReadingVisitor visitor) {
        payload.accept(new Settled(survey, visitor));
    }

    /**
     * {@link #ACCEPTED} when everything is; {@link #REFUSED} when nothing is, or it is not EDI; else
     * {@link #WITH_FINDINGS}.
     */
    public int exitCode() {
        if (survey.refused()) {
            return REFUSED;
        }
        return survey.clean() ? ACCEPTED : WITH_FINDINGS;
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
        CollectedReading verdicts = CollectedReading.ofVerdicts();
        payload.accept(verdicts);
        for (Interchange interchange : verdicts.reading().interchanges()) {
            if (interchange.acknowledgesOnly() || interchange.envelope().standard() == Standard.UBL) {
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

    /** Writes lines for a person: what became of everything, and all errors. */
    public void report(PrintWriter out) {
        out.print(headline() + "\n");
        InspectionReport report = new InspectionReport(out);
        report.errors(1, survey.outside());
        visit(report);
        out.flush();
    }

    /**
     * Writes the {@link #report} as a tree with all segments and elements, named as the guides name them, and every error
     * under the text that it is about. Nothing of the payload reaches a terminal as a command.
     */
    public void tree(Guides guides, PrintWriter out) {
        out.print(headline() + "\n");
        visit(new InterchangeTree(guides, out));
        out.flush();
    }

    /**
     * Writes one object without a line break: {@code {"file":…,"outcome":…,"interchanges":[…],"errors":[…]}}.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    public void json(PrintWriter out) {
        try {
            InspectionJson json = new InspectionJson(out);
            json.begin(name, outcome());
            visit(json);
            json.end(survey.outside());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.flush();
    }

    private String headline() {
        return SafeText.of(Phrase.OUTCOME.say(name, outcome().say()));
    }

    private Phrase outcome() {
        return switch (exitCode()) {
            case ACCEPTED -> Phrase.ACCEPTED;
            case WITH_FINDINGS -> survey.partlyRefused() ? Phrase.PARTLY_REFUSED : Phrase.ACCEPTED_WITH_FINDINGS;
            default -> survey.nothing() ? Phrase.NOT_READ : Phrase.REFUSED;
        };
    }
}
