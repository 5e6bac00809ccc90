package io.lonja.edi;

import static org.assertj.core.api.Assertions.assertThat;

import io.xlate.edi.schema.EDISchemaException;
import io.xlate.edi.schema.Schema;
import io.xlate.edi.schema.SchemaFactory;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamReader;
import io.xlate.edi.stream.Location;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A second opinion: StAEDI reads the same transaction sets by the same {@code structure.xml}. Whether a set has an error
 * at all must agree; where it does not, {@code staedi-differences.properties} says why.
 */
class StaediAgreementTests {

    private static final Properties EXPLAINED = explained();

    @TestFactory
    Stream<DynamicTest> theSecondOpinionAgreesOrTheDifferenceIsExplained() {
        List<Path> files = new ArrayList<>(EdiFixture.samples());
        EdiCorpus.files().stream()
                .filter(file -> !EdiFixture.PARSER
                        .parse(EdiFixture.bytes(file))
                        .interchanges()
                        .isEmpty())
                .forEach(files::add);
        return files.stream().map(file -> DynamicTest.dynamicTest(name(file), () -> compare(file)));
    }

    private static String name(Path file) {
        Path from = file.startsWith(EdiCorpus.FOLDER) ? EdiCorpus.FOLDER : EdiFixture.SCHEMAS;
        return from.relativize(file).toString().replace(' ', '_');
    }

    private static void compare(Path file) {
        byte[] payload = EdiFixture.bytes(file);
        int ordinal = 0;
        for (Interchange interchange : EdiFixture.PARSER.parse(payload).interchanges()) {
            for (FunctionalGroup group : interchange.groups()) {
                for (TransactionSet set : group.transactionSets()) {
                    ordinal++;
                    GuideId guide = set.guide();
                    if (guide == null) {
                        continue;
                    }
                    List<String> ours = set.verdict().errors().stream()
                            .filter(error -> !error.segmentId().equals("ST")
                                    && !error.segmentId().equals("UNH"))
                            .filter(error -> !error.code().segmentCode().isEmpty()
                                    || !error.code().elementCode().isEmpty())
                            .map(error -> error.segment() + " " + error.segmentId() + " " + error.code())
                            .toList();
                    List<String> theirs = secondOpinion(payload, interchange, group, set, guide);
                    String key = name(file) + "#" + ordinal;
                    if (EXPLAINED.containsKey(key)) {
                        assertThat(ours.isEmpty())
                                .as("%s agrees now; its explanation can go", key)
                                .isNotEqualTo(theirs.isEmpty());
                    } else {
                        assertThat(ours.isEmpty())
                                .as("%s: we say %s, StAEDI says %s", key, ours, theirs)
                                .isEqualTo(theirs.isEmpty());
                    }
                }
            }
        }
    }

    /** The set alone in a flawless envelope, because StAEDI gives up at faults of the envelope that we report. */
    private static List<String> secondOpinion(
            byte[] payload, Interchange interchange, FunctionalGroup group, TransactionSet set, GuideId guide) {
        List<String> errors = new ArrayList<>();
        try {
            byte[] alone = alone(payload, interchange, group, set);
            EDIInputFactory factory = EDIInputFactory.newFactory();
            String charset = interchange.envelope().standard() == Standard.EDIFACT
                    ? WireText.of(interchange.envelope().version().replaceFirst(":.*", ""))
                            .charset()
                            .name()
                    : "UTF-8";
            EDIStreamReader reader = factory.createEDIStreamReader(new ByteArrayInputStream(alone), charset);
            Schema schema = schema(guide);
            boolean inSet = false;
            while (reader.hasNext()) {
                EDIStreamEvent event = reader.next();
                if (event == EDIStreamEvent.START_TRANSACTION) {
                    reader.setTransactionSchema(schema);
                    inSet = true;
                } else if (event == EDIStreamEvent.END_TRANSACTION) {
                    inSet = false;
                } else if (inSet && event.isError()) {
                    Location at = reader.getLocation();
                    String tag = String.valueOf(at.getSegmentTag());
                    boolean trailer = tag.equals("SE") || tag.equals("UNT");
                    if (tag.equals("ST") || tag.equals("UNH") || trailer && isOfTheTrailer(reader)) {
                        continue;
                    }
                    errors.add((at.getSegmentPosition() - 2) + " " + tag + " " + reader.getErrorType());
                }
            }
        } catch (EDIStreamException | IllegalArgumentException | IllegalStateException e) {
            errors.add("exception: " + e.getMessage());
        }
        return errors;
    }

    /** What stands on SE is a fault of the set's envelope, unless it is a segment that was missed until then. */
    private static boolean isOfTheTrailer(EDIStreamReader reader) {
        return reader.getEventType() != EDIStreamEvent.SEGMENT_ERROR;
    }

    private static byte[] alone(byte[] payload, Interchange interchange, FunctionalGroup group, TransactionSet set) {
        Delimiters d = interchange.delimiters();
        if (interchange.envelope().standard() == Standard.EDIFACT) {
            return message(payload, d, set);
        }
        char component = d.component() == 0 ? '\u001d' : d.component();
        StringBuilder text = new StringBuilder();
        String head =
                "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260114*0815*U*00401*000000001*0*P*"
                        + component;
        text.append(head.replace('*', d.element())).append(d.terminator());
        text.append("GS*%s*A*B*20260114*0815*1*X*004010"
                        .formatted(group.functionalIdentifier())
                        .replace('*', d.element()))
                .append(d.terminator());
        EdiFixture.segments(set.content())
                .filter(segment -> !segment.id().equals("SE"))
                .forEach(segment -> {
                    String written = new String(
                            payload,
                            (int) segment.bytes().from(),
                            (int) segment.bytes().length(),
                            java.nio.charset.StandardCharsets.ISO_8859_1);
                    text.append(written);
                });
        text.append("SE*1*%s".formatted(set.controlNumber()).replace('*', d.element()))
                .append(d.terminator());
        text.append("GE*1*1".replace('*', d.element())).append(d.terminator());
        text.append("IEA*1*000000001".replace('*', d.element())).append(d.terminator());
        return text.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** In syntax version 3 or 4, with the service characters of the interchange told by UNA. */
    private static byte[] message(byte[] payload, Delimiters d, TransactionSet set) {
        String element = Character.toString(d.element());
        String component = Character.toString(d.component());
        StringBuilder text = new StringBuilder("UNA")
                .append(d.component())
                .append(d.element())
                .append(d.decimalMark() == 0 ? '.' : d.decimalMark())
                .append(d.release() == 0 ? ' ' : d.release())
                .append(d.repetition() == 0 ? ' ' : d.repetition())
                .append(d.terminator());
        String head = d.repetition() == 0 ? "UNB+UNOC:3+A+B+260114:0815+1" : "UNB+UNOC:4+A+B+20260114:0815+1";
        text.append(head.replace("+", element).replace(":", component)).append(d.terminator());
        long segments = EdiFixture.segments(set.content())
                .filter(segment -> !segment.id().equals("UNT"))
                .peek(segment -> text.append(new String(
                        payload,
                        (int) segment.bytes().from(),
                        (int) segment.bytes().length(),
                        java.nio.charset.StandardCharsets.ISO_8859_1)))
                .count();
        text.append("UNT+%d+%s".formatted(segments + 1, set.controlNumber()).replace("+", element))
                .append(d.terminator());
        text.append("UNZ+1+1".replace("+", element)).append(d.terminator());
        return text.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static Schema schema(GuideId guide) {
        Path structure = EdiFixture.SCHEMAS.resolve(guide.value()).resolve(Guides.STRUCTURE);
        try (var in = Files.newInputStream(structure)) {
            return SchemaFactory.newFactory().createSchema(in);
        } catch (EDISchemaException | IOException e) {
            throw new AssertionError("StAEDI does not take %s: %s".formatted(structure, e.getMessage()), e);
        }
    }

    private static Properties explained() {
        Properties explained = new Properties();
        try (var in = StaediAgreementTests.class.getResourceAsStream("/edi/staedi-differences.properties")) {
            if (in != null) {
                explained.load(in);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return explained;
    }
}
