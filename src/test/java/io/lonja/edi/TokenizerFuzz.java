package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.stream.Collectors;

/** Whatever the bytes and the delimiters are, the segments are these bytes, cut where they are not released. */
public final class TokenizerFuzz {

    private static final int DELIMITERS = 6;

    private TokenizerFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < DELIMITERS + 1) {
            return;
        }
        Standard standard = data[0] % 2 == 0 ? Standard.X12 : Standard.EDIFACT;
        Delimiters delimiters = new Delimiters(
                character(data[1], '*'),
                character(data[2], ':'),
                character(data[3], '^'),
                character(data[4], '~'),
                standard == Standard.X12 ? 0 : character(data[5], '?'),
                (char) 0);
        SegmentScanner scanner =
                new SegmentScanner(Window.of(data), DELIMITERS, standard, delimiters, WireText.of("UNOC"));
        long end = DELIMITERS;
        while (true) {
            SegmentScanner.Step step = scanner.next();
            if (step != SegmentScanner.Step.SEGMENT) {
                demand(step != SegmentScanner.Step.END || scanner.at() == data.length, "The end is not the end");
                return;
            }
            demand(scanner.segmentFrom() >= end && scanner.segmentTo() <= data.length, "Segments overlap");
            demand(scanner.at() > end, "Nothing was read");
            String written = new String(
                    data,
                    (int) scanner.segmentFrom(),
                    scanner.end(scanner.elements()) - (int) scanner.segmentFrom(),
                    ISO_8859_1);
            StringBuilder cut = new StringBuilder(scanner.tag());
            for (int e = 1; e <= scanner.elements(); e++) {
                cut.append(delimiters.element()).append(scanner.element(e));
            }
            demand(cut.toString().equals(written), "Another text than is written");
            demand(
                    scanner.view().stream()
                                    .map(Segment.Element::repetitions)
                                    .collect(Collectors.toList())
                                    .size()
                            == scanner.elements(),
                    "Another number of elements");
            end = scanner.at();
        }
    }

    private static char character(byte b, char usual) {
        return b == 0 ? usual : (char) (b & 0xFF);
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
