package io.lonja.edi;

import static io.lonja.edi.EdiFixture.PARSER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A payload that passes through memory is read as one that lies in it. */
class StreamedReadingTests {

    private static final int PAYLOAD_BYTES = 6 << 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isReadAsInMemoryWhereverTheWindowMoves(long seed) {
        byte[] payload = payload(new SplittableRandom(seed));
        Reading inMemory = PARSER.parse(payload);
        CollectedReading streamed = new CollectedReading();
        PARSER.parse(inPieces(payload, new SplittableRandom(seed)), streamed);
        assertThat(streamed.reading().errors()).containsExactlyElementsOf(inMemory.errors());
        assertThat(streamed.reading().interchanges()).hasSameSizeAs(inMemory.interchanges());
        for (int i = 0; i < inMemory.interchanges().size(); i++) {
            assertThat(streamed.reading()
                            .interchanges()
                            .get(i)
                            .equals(inMemory.interchanges().get(i)))
                    .as("interchange %d of seed %d", i, seed)
                    .isTrue();
        }
    }

    @Test
    void anInterchangeLongerThanTheWindowIsOne() {
        String order = EdiFixture.sample("x12-004010-850", "single-line");
        int from = order.indexOf("ST*");
        int to = order.indexOf("GE*");
        StringBuilder all = new StringBuilder(order.substring(0, from));
        int sets = 9_000;
        for (int i = 1; i <= sets; i++) {
            all.append(order.substring(from, to).replaceAll("(ST\\*850\\*|SE\\*\\d+\\*)\\d+", "$1%04d".formatted(i)));
        }
        all.append(order.substring(to).replaceFirst("GE\\*1\\*", "GE*" + sets + "*"));
        Inspection inspection = Inspection.of(
                "long", () -> new ByteArrayInputStream(all.toString().getBytes(ISO_8859_1)), PARSER);
        assertThat(inspection.exitCode()).isEqualTo(Inspection.ACCEPTED);
        List<String> seen = new ArrayList<>();
        inspection.visit(new ReadingVisitor() {
            @Override
            public void transactionSet(TransactionSet set) {
                seen.add(set.controlNumber());
                assertThat(set.bytes().to() - set.bytes().from()).isLessThan(1000);
            }
        });
        assertThat(seen).hasSize(sets).endsWith("9000");
    }

    @Test
    void whatIsRefusedAtItsEndIsShownRefusedFromItsBeginning() {
        for (Path sample : EdiFixture.samples()) {
            byte[] payload = EdiFixture.bytes(sample);
            List<TransactionSet> collected = PARSER.parse(payload).interchanges().stream()
                    .flatMap(interchange -> interchange.groups().stream())
                    .flatMap(group -> group.transactionSets().stream())
                    .toList();
            List<TransactionSet> settled = new ArrayList<>();
            List<Boolean> refusedBegun = new ArrayList<>();
            List<Boolean> refusedEnded = new ArrayList<>();
            Inspection.of("sample", payload, PARSER).visit(new ReadingVisitor() {
                @Override
                public void beginInterchange(Interchange interchange) {
                    refusedBegun.add(interchange.refused());
                }

                @Override
                public void beginGroup(FunctionalGroup group) {
                    refusedBegun.add(group.refused());
                }

                @Override
                public void transactionSet(TransactionSet set) {
                    settled.add(set);
                }

                @Override
                public void endGroup(FunctionalGroup group) {
                    refusedEnded.add(group.refused());
                }

                @Override
                public void endInterchange(Interchange interchange) {
                    refusedEnded.add(interchange.refused());
                }
            });
            assertThat(settled).as(sample.toString()).isEqualTo(collected);
            assertThat(refusedBegun).as(sample.toString()).containsExactlyInAnyOrderElementsOf(refusedEnded);
        }
    }

    @Test
    void millionsOfBlanksAndOfBytesOfJunkArePassedOver() {
        String order = EdiFixture.sample("x12-004010-850", "single-line").strip();
        String blanks = " ".repeat(3 << 20);
        String junk = "junk ISA*".repeat(400_000);
        byte[] payload = (blanks + order + blanks + junk + order).getBytes(ISO_8859_1);
        CollectedReading streamed = new CollectedReading();
        PARSER.parse(new ByteArrayInputStream(payload), streamed);
        assertThat(streamed.reading()).isEqualTo(PARSER.parse(payload));
        assertThat(streamed.reading().interchanges()).hasSize(2);
    }

    private static byte[] payload(SplittableRandom random) {
        List<byte[]> samples =
                EdiFixture.samples().stream().map(EdiFixture::bytes).toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int n = 0; out.size() < PAYLOAD_BYTES && n < Limits.PAYLOAD_INTERCHANGES_MAX / 2; n++) {
            byte[] sample = samples.get(random.nextInt(samples.size())).clone();
            for (int c = random.nextInt(3); c > 0; c--) {
                sample[random.nextInt(sample.length)] = "*~+:'? \nX\u00e9".getBytes(ISO_8859_1)[random.nextInt(10)];
            }
            out.writeBytes(sample);
            switch (random.nextInt(8)) {
                case 0 -> out.writeBytes(" \r\n".repeat(random.nextInt(20_000)).getBytes(ISO_8859_1));
                case 1 -> out.writeBytes("x".repeat(random.nextInt(90_000)).getBytes(ISO_8859_1));
                case 2 -> out.writeBytes(("ISA*" + "y*".repeat(random.nextInt(200))).getBytes(ISO_8859_1));
                default -> {}
            }
        }
        return out.toByteArray();
    }

    /** As a socket hands it over: a few bytes at a time. */
    private static InputStream inPieces(byte[] payload, SplittableRandom random) {
        return new FilterInputStream(new ByteArrayInputStream(payload)) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return super.read(into, from, Math.min(length, 1 + random.nextInt(5_000)));
            }
        };
    }
}
