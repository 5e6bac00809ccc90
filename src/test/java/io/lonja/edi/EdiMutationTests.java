package io.lonja.edi;

import static io.lonja.edi.EdiFixture.PARSER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.edi.checker.PlainSegment;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Samples with bytes changed, lost, doubled, moved, and with whole segments so: every outcome is defined, what was read is
 * what stands there, and every answer is one that the standard knows.
 */
class EdiMutationTests {

    private static final int MUTATIONS = 20_000;
    private static final int CHANGES_MAX = 6;
    private static final int FAILED_SHOWN_MAX = 10;
    private static final byte[] FAVOURITES =
            "*>~|^:'+?,\n\r\0 ISAGSTSEGEIEAN1PO1UNAUNBUNHUNTUNZUNS-.0987654321\u00e9\u00ff".getBytes(ISO_8859_1);

    @Test
    void aMutatedSampleIsReadAsItStandsAndAnsweredByTheStandard() {
        long seed = Long.getLong("lonja.seed", 20260121L);
        SplittableRandom random = new SplittableRandom(seed);
        List<Path> names = EdiFixture.samples();
        List<Sample> samples = names.stream().map(Sample::of).toList();
        List<String> failed = new ArrayList<>();
        int accepted = 0;
        int answers = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            int chosen = random.nextInt(samples.size());
            byte[] mutated = samples.get(chosen).mutated(random);
            try {
                Inspection inspection = Inspection.of("mutation", mutated, PARSER);
                EdiFixture.json(inspection);
                EdiFixture.report(inspection);
                Reading reading = PARSER.parse(mutated);
                FaithfulReading.everyByteIsKept(mutated, reading);
                answers += FaithfulReading.answersStand(mutated, reading);
                accepted += inspection.exitCode() == Inspection.ACCEPTED ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                failed.add("Mutation %d of %s: %s%n%s"
                        .formatted(i, names.get(chosen), new String(mutated, ISO_8859_1), e));
            }
        }
        System.out.printf(
                "EdiMutationTests: -Dlonja.seed=%d, %,d mutations, %,d accepted, %,d answers%n",
                seed, MUTATIONS, accepted, answers);
        assertThat(failed.subList(0, Math.min(FAILED_SHOWN_MAX, failed.size())))
                .as("%d of %d, -Dlonja.seed=%d", failed.size(), MUTATIONS, seed)
                .isEmpty();
        assertThat(accepted).isBetween(MUTATIONS / 100, MUTATIONS / 2);
        assertThat(answers).isGreaterThan(MUTATIONS / 2);
    }

    /** @param segments where they lie in the bytes, as far as they can be told apart */
    private record Sample(byte[] bytes, Delimiters delimiters, List<PlainSegment> segments) {

        static Sample of(Path file) {
            byte[] bytes = EdiFixture.bytes(file);
            List<Interchange> read = PARSER.parse(bytes).interchanges();
            Delimiters delimiters =
                    read.isEmpty() ? Delimiters.edifact(3) : read.get(0).delimiters();
            List<PlainSegment> segments = read.isEmpty()
                    ? List.of()
                    : PlainSegment.split(
                            new String(bytes, ISO_8859_1), 0, bytes.length, FaithfulReading.separators(read.get(0)));
            return new Sample(bytes, delimiters, segments);
        }

        /** One change that knows segments, or a few that know only bytes, or both. */
        byte[] mutated(SplittableRandom random) {
            int kind = random.nextInt(3);
            byte[] changed = kind == 0 || segments.size() < 4 ? bytes : bySegment(random);
            return kind == 1 ? changed : byByte(changed, random);
        }

        private byte[] bySegment(SplittableRandom random) {
            int first = random.nextInt(segments.size() - 1);
            int second = first + 1 + random.nextInt(segments.size() - 1 - first);
            PlainSegment one = segments.get(first);
            PlainSegment other = segments.get(second);
            int[] digits = digits(one);
            return switch (random.nextInt(7)) {
                case 0 -> joined(to(one.from()), of(other), cut(one.to(), other.from()), of(one), from(other.to()));
                case 1 -> joined(to(one.to()), of(one), from(one.to()));
                case 2 -> joined(to(one.from()), from(one.to()));
                case 3 -> joined(to(other.to()), cut(one.from(), other.to()), from(other.to()));
                case 4 -> joined(to(one.from()), from(other.from()));
                case 5 -> to(one.from() + random.nextInt(one.to() - one.from()));
                default -> {
                    byte[] recounted = bytes.clone();
                    if (digits.length > 0) {
                        recounted[digits[random.nextInt(digits.length)]] = (byte) ('0' + random.nextInt(10));
                    }
                    yield recounted;
                }
            };
        }

        /** Where a segment's digits are: of its counts, references, dates and quantities. */
        private int[] digits(PlainSegment segment) {
            return IntStream.range(segment.from(), segment.to())
                    .filter(at -> bytes[at] >= '0' && bytes[at] <= '9')
                    .toArray();
        }

        private byte[] of(PlainSegment segment) {
            return cut(segment.from(), segment.to());
        }

        private byte[] to(int offset) {
            return cut(0, offset);
        }

        private byte[] from(int offset) {
            return cut(offset, bytes.length);
        }

        private byte[] cut(int from, int to) {
            return Arrays.copyOfRange(bytes, from, Math.max(from, to));
        }

        private byte[] byByte(byte[] original, SplittableRandom random) {
            byte[] bytes = original;
            int changes = 1 + random.nextInt(CHANGES_MAX);
            for (int i = 0; i < changes && bytes.length > 8; i++) {
                int at = random.nextInt(bytes.length);
                int length = 1 + random.nextInt(Math.min(40, bytes.length - at));
                switch (random.nextInt(8)) {
                    case 0 -> (bytes = bytes.clone())[at] = (byte) random.nextInt(256);
                    case 1 -> (bytes = bytes.clone())[at] = FAVOURITES[random.nextInt(FAVOURITES.length)];
                    case 2 -> bytes = splice(bytes, at, length, new byte[0]);
                    case 3 -> bytes = splice(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
                    case 4 -> bytes = i == 0 && random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
                    case 5 -> bytes = separator(bytes, at, true);
                    case 6 -> bytes = separator(bytes, at, false);
                    default -> {
                        byte[] moved = Arrays.copyOfRange(bytes, at, at + length);
                        bytes = splice(bytes, at, length, new byte[0]);
                        bytes = splice(bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length), 0, moved);
                    }
                }
            }
            return bytes;
        }

        /** The next separator from here on stands twice, or not at all. */
        private byte[] separator(byte[] bytes, int from, boolean twice) {
            for (int at = from; at < bytes.length; at++) {
                char c = (char) (bytes[at] & 0xFF);
                if (c == delimiters.element()
                        || c == delimiters.component()
                        || c == delimiters.terminator()
                        || c == delimiters.repetition()
                        || c == delimiters.release()) {
                    return twice ? splice(bytes, at, 0, new byte[] {(byte) c}) : splice(bytes, at, 1, new byte[0]);
                }
            }
            return bytes;
        }

        private static byte[] joined(byte[]... parts) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                joined.writeBytes(part);
            }
            return joined.toByteArray();
        }

        private static byte[] splice(byte[] bytes, int at, int removed, byte[] inserted) {
            return joined(Arrays.copyOf(bytes, at), inserted, Arrays.copyOfRange(bytes, at + removed, bytes.length));
        }
    }
}
