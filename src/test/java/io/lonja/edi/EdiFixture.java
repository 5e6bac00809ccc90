package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lonja.Shipped;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The project's guides and samples, and texts made of them. */
final class EdiFixture {

    static final Path SCHEMAS = Path.of("schemas");
    static final Guides GUIDES = Shipped.guides();
    static final InterchangeParser PARSER = Shipped.parser();
    static final AcknowledgmentWriter WRITER = AcknowledgmentWriter.forBothStandards();
    static final Instant AT = Instant.parse("2026-01-15T09:30:00Z");

    private EdiFixture() {}

    /** All samples, without the acknowledgments beside them. */
    static List<Path> samples() {
        return files(SCHEMAS).stream()
                .filter(file -> file.toString().endsWith(".edi")
                        && !file.toString().endsWith(".ack.edi")
                        && file.getParent().endsWith("samples"))
                .toList();
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sample as text, one character for each byte. */
    static String sample(String guide, String name) {
        return new String(bytes(SCHEMAS.resolve(guide).resolve("samples").resolve(name + ".edi")), ISO_8859_1);
    }

    static String report(Inspection inspection) {
        StringWriter report = new StringWriter();
        inspection.report(new PrintWriter(report));
        return report.toString();
    }

    static String json(Inspection inspection) {
        StringWriter json = new StringWriter();
        inspection.json(new PrintWriter(json));
        return json.toString();
    }

    static Reading read(String text) {
        return PARSER.parse(text.getBytes(ISO_8859_1));
    }

    static TransactionSet firstSet(Reading reading) {
        return reading.interchanges().get(0).groups().get(0).transactionSets().get(0);
    }

    /** All segments of a loop in wire order. */
    static Stream<Segment> segments(Loop loop) {
        return loop.nodes().stream()
                .flatMap(node -> node instanceof Loop inner ? segments(inner) : Stream.of((Segment) node));
    }

    /** Every error of a reading, wherever it stands. */
    static List<SyntaxError> errors(Reading reading) {
        return Stream.concat(
                        reading.errors().stream(),
                        reading.interchanges().stream()
                                .flatMap(interchange -> Stream.concat(
                                        interchange.errors().stream(),
                                        interchange.groups().stream()
                                                .flatMap(group -> Stream.concat(
                                                        group.errors().stream(),
                                                        group.transactionSets().stream()
                                                                .flatMap(set -> set.verdict().errors().stream()))))))
                .toList();
    }

    static List<ErrorCode> codes(Reading reading) {
        return errors(reading).stream().map(SyntaxError::code).toList();
    }
}
