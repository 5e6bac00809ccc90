package io.lonja.edi;

import static io.lonja.edi.EdiFixture.AT;
import static io.lonja.edi.EdiFixture.PARSER;
import static io.lonja.edi.EdiFixture.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Samples with bytes changed, lost, doubled, moved: every outcome is defined, and every answer is well-formed. */
class EdiMutationTests {

    private static final int MUTATIONS = 5_000;
    private static final int CHANGES_MAX = 6;
    private static final byte[] FAVOURITES =
            "*>~|^:'+?,\n\r\0 ISAGSTSEGEIEAN1PO1UNAUNBUNHUNTUNZUNS-.0987654321\u00e9\u00ff"
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    @Test
    void aMutatedSampleNeverMeetsAnException() {
        long seed = Long.getLong("lonja.seed", 20260121L);
        System.out.println("EdiMutationTests: -Dlonja.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> samples =
                EdiFixture.samples().stream().map(EdiFixture::bytes).toList();
        List<Path> names = EdiFixture.samples();
        for (int i = 0; i < MUTATIONS; i++) {
            int chosen = random.nextInt(samples.size());
            byte[] mutated = mutate(samples.get(chosen), random);
            try {
                Inspection inspection = Inspection.of("mutation", mutated, PARSER);
                EdiCorpusTests.everyByteIsKept(mutated, inspection.reading());
                inspection.json();
                inspection.report();
                byte[] answer = inspection.acknowledgments(WRITER, 1, AT);
                if (answer.length > 0) {
                    assertThat(EdiFixture.errors(PARSER.parse(answer))).isEmpty();
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "Seed %d, mutation %d of %s: %s"
                                .formatted(
                                        seed,
                                        i,
                                        names.get(chosen),
                                        new String(mutated, java.nio.charset.StandardCharsets.ISO_8859_1)),
                        e);
            }
        }
    }

    private static byte[] mutate(byte[] original, SplittableRandom random) {
        byte[] bytes = original;
        int changes = 1 + random.nextInt(CHANGES_MAX);
        for (int i = 0; i < changes && bytes.length > 8; i++) {
            int at = random.nextInt(bytes.length);
            int length = 1 + random.nextInt(Math.min(40, bytes.length - at));
            switch (random.nextInt(6)) {
                case 0 -> (bytes = bytes.clone())[at] = (byte) random.nextInt(256);
                case 1 -> (bytes = bytes.clone())[at] = FAVOURITES[random.nextInt(FAVOURITES.length)];
                case 2 -> bytes = splice(bytes, at, length, new byte[0]);
                case 3 -> bytes = splice(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
                case 4 -> bytes = Arrays.copyOf(bytes, at);
                default -> {
                    byte[] moved = Arrays.copyOfRange(bytes, at, at + length);
                    bytes = splice(bytes, at, length, new byte[0]);
                    bytes = splice(bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length), 0, moved);
                }
            }
        }
        return bytes;
    }

    private static byte[] splice(byte[] bytes, int at, int removed, byte[] inserted) {
        byte[] spliced = new byte[bytes.length - removed + inserted.length];
        System.arraycopy(bytes, 0, spliced, 0, at);
        System.arraycopy(inserted, 0, spliced, at, inserted.length);
        System.arraycopy(bytes, at + removed, spliced, at + inserted.length, bytes.length - at - removed);
        return spliced;
    }
}
