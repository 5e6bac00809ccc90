package io.lonja.edi;

import static io.lonja.edi.EdiFixture.AT;
import static io.lonja.edi.EdiFixture.PARSER;
import static io.lonja.edi.EdiFixture.WRITER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.ByteRange;
import io.lonja.edi.checker.AcknowledgmentChecker;
import io.lonja.edi.checker.PlainInterchange;
import io.lonja.edi.checker.PlainSegment;
import io.lonja.edi.checker.Separators;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What holds for every reading of every payload, good or bad, by a second look that shares no code with the reader. */
final class FaithfulReading {

    private FaithfulReading() {}

    /** Outside interchanges only what an error names; inside, each segment and each character of it where it stood. */
    static void everyByteIsKept(byte[] payload, Reading reading) {
        if (reading.interchanges().isEmpty()) {
            assertThat(reading.errors()).isNotEmpty();
        }
        for (SyntaxError error : EdiFixture.errors(reading)) {
            assertThat(error.bytes().to())
                    .as("%s", error)
                    .isBetween(error.bytes().from(), (long) payload.length);
        }
        if (reading.interchanges().isEmpty()
                && new String(payload, ISO_8859_1).stripLeading().startsWith("<")) {
            return; // Taken for XML, which is refused as a whole by the place of its first fault.
        }
        long covered = 0;
        List<ByteRange> ranges = Stream.concat(
                        reading.errors().stream().map(SyntaxError::bytes),
                        reading.interchanges().stream().map(Interchange::bytes))
                .sorted(Comparator.comparingLong(ByteRange::from))
                .toList();
        for (ByteRange range : ranges) {
            if (range.from() > covered) {
                assertThat(new String(payload, (int) covered, (int) (range.from() - covered), ISO_8859_1))
                        .isBlank();
            }
            covered = Math.max(covered, range.to());
        }
        reading.interchanges().forEach(interchange -> setsAreTheirBytes(payload, interchange));
    }

    /** Every answer that is due can be read by ourselves, and stands before somebody who knows only the standard. */
    static int answersStand(byte[] payload, Reading reading) {
        int answers = 0;
        for (Interchange interchange : reading.interchanges()) {
            for (byte[] answer : answers(interchange)) {
                List<SyntaxError> errors = EdiFixture.errors(PARSER.parse(answer));
                demand(errors.isEmpty(), () -> new String(answer, ISO_8859_1) + " has " + errors);
                List<String> complaints = AcknowledgmentChecker.complaints(
                        slice(payload, interchange.bytes()), separators(interchange), answer);
                demand(complaints.isEmpty(), () -> new String(answer, ISO_8859_1) + " has " + complaints);
                answers++;
            }
        }
        return answers;
    }

    /** What {@link Inspection} answers with, one by one, and in X12 a TA1 whether or not it was asked for. */
    private static List<byte[]> answers(Interchange interchange) {
        List<byte[]> answers = new ArrayList<>();
        if (interchange.acknowledgesOnly()) {
            return answers;
        }
        if (interchange.refused() || interchange.envelope().standard() == Standard.X12) {
            answers.add(WRITER.interchange(interchange, interchange.noteCode(), 1, AT));
        }
        WRITER.functional(interchange, FunctionalAcknowledgment.BY_997, 2, AT).ifPresent(answers::add);
        if (interchange.groups().stream().anyMatch(group -> group.version().matches("00[5-8].*"))) {
            WRITER.functional(interchange, FunctionalAcknowledgment.BY_999, 2, AT)
                    .ifPresent(answers::add);
        }
        return answers;
    }

    static byte[] slice(byte[] payload, ByteRange range) {
        return Arrays.copyOfRange(payload, (int) range.from(), (int) range.to());
    }

    static Separators separators(Interchange interchange) {
        Delimiters d = interchange.delimiters();
        return new Separators(d.element(), d.component(), d.repetition(), d.terminator(), d.release());
    }

    private static void setsAreTheirBytes(byte[] payload, Interchange interchange) {
        List<TransactionSet> sets = interchange.groups().stream()
                .flatMap(group -> group.transactionSets().stream())
                .toList();
        if (sets.isEmpty()) {
            return;
        }
        byte[] slice = slice(payload, interchange.bytes());
        List<PlainInterchange.Set> plain = PlainInterchange.of(slice, separators(interchange)).groups().stream()
                .flatMap(group -> group.sets().stream())
                .toList();
        boolean readToItsEnd = interchange.errors().stream()
                .noneMatch(error -> error.code() == ErrorCode.SEGMENT_TOO_LONG
                        || error.code() == ErrorCode.INTERCHANGE_TRAILER_MISSING);
        if (readToItsEnd) {
            assertThat(sets).hasSameSizeAs(plain);
        }
        Charset charset = charset(interchange);
        for (int i = 0; i < sets.size(); i++) {
            setIsItsBytes(slice, interchange.bytes().from(), sets.get(i), plain.get(i), charset);
        }
    }

    /** Of EDIFACT by the first four characters of UNB 0001, whatever is stuck to them. */
    private static Charset charset(Interchange interchange) {
        return interchange.envelope().standard() == Standard.X12
                ? WireText.X12.charset()
                : WireText.of(interchange.envelope().version().replaceFirst("^([^:]{0,4}).*", "$1"))
                        .charset();
    }

    private static void setIsItsBytes(
            byte[] slice, long from, TransactionSet set, PlainInterchange.Set plain, Charset charset) {
        List<Segment> segments = EdiFixture.segments(set.content()).toList();
        assertThat(segments).as("segments of %s", set.controlNumber()).hasSameSizeAs(plain.segments());
        for (int i = 0; i < segments.size(); i++) {
            Segment read = segments.get(i);
            PlainSegment there = plain.segments().get(i);
            demand(
                    read.position() == i + 1
                            && read.bytes().from() == from + there.from()
                            && read.bytes().to() == from + there.to()
                            && isTag(read.id(), decoded(there.tag(), there.tag(), charset))
                            && read.elements().size() == there.elements().size(),
                    () -> "%s is not %s behind %d".formatted(read, there, from));
            for (int e = 0; e < there.elements().size(); e++) {
                List<List<String>> element = read.elements().get(e).repetitions();
                List<List<String>> due =
                        decoded(there.elements().get(e), there.raw().get(e), charset);
                demand(element.equals(due), () -> "%s has %s and not %s".formatted(read.id(), element, due));
            }
        }
    }

    /** Without the cost of an assertion that holds, because there are millions of them. */
    private static void demand(boolean right, Supplier<String> otherwise) {
        if (!right) {
            throw new AssertionError(otherwise.get());
        }
    }

    private static List<List<String>> decoded(List<List<String>> element, String raw, Charset charset) {
        return element.stream()
                .map(components -> components.stream()
                        .map(component -> decoded(component, raw, charset))
                        .toList())
                .toList();
    }

    /** In the character set of the interchange where the whole element is well-formed in it, else each byte for itself. */
    private static String decoded(String bytes, String element, Charset charset) {
        if (element.chars().allMatch(c -> c < 0x80)) {
            return bytes;
        }
        String strict = strict(element, charset);
        return strict == null ? bytes : new String(bytes.getBytes(ISO_8859_1), charset);
    }

    private static @Nullable String strict(String bytes, Charset charset) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** A tag in small letters only is read as the one in capital letters; every other as it stands. */
    private static boolean isTag(String read, String written) {
        boolean small = written.matches("[a-z][a-z0-9]{1,2}");
        return read.equals(written) || small && read.equals(written.toUpperCase(Locale.ROOT));
    }
}
