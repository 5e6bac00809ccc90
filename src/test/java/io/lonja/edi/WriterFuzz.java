package io.lonja.edi;

import static io.lonja.edi.EdiFixture.AT;
import static io.lonja.edi.EdiFixture.PARSER;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whatever the texts are, they are written so that they read the same, or it is said why they cannot be. */
public final class WriterFuzz {

    private static final OutboundSyntax[] SYNTAXES = {
        OutboundSyntax.x12("00401", UTF_8),
        OutboundSyntax.x12("00501", UTF_8),
        OutboundSyntax.edifact("UNOA", 2),
        OutboundSyntax.edifact("UNOB", 3),
        OutboundSyntax.edifact("UNOC", 3),
        OutboundSyntax.edifact("UNOC", 4),
        OutboundSyntax.edifact("UNOY", 4)
    };

    private WriterFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        OutboundSyntax syntax = SYNTAXES[(data[0] & 0xFF) % SYNTAXES.length];
        boolean x12 = syntax.identifier().isEmpty();
        List<OutboundSegment> segments = segments(new String(data, 1, data.length - 1, UTF_8));
        OutboundInterchange.TransactionSet set =
                new OutboundInterchange.TransactionSet(x12 ? "850" : "ORDERS", "0001", segments);
        OutboundInterchange.Group group = x12
                ? new OutboundInterchange.Group("PO", "", "", "7", "004010", List.of(set))
                : OutboundInterchange.Group.without("D:96A:UN", List.of(set));
        byte[] written;
        try {
            written = InterchangeWriter.write(new OutboundInterchange(
                    syntax,
                    new WireParty("ZZ", "SENDER"),
                    new WireParty("ZZ", "RECEIVER"),
                    "7",
                    AT,
                    false,
                    false,
                    List.of(group)));
        } catch (UnwritableException refused) {
            return;
        }
        Reading again = PARSER.parse(written);
        List<String> texts = EdiFixture.segments(EdiFixture.firstSet(again).content())
                .skip(1)
                .limit(segments.size())
                .map(segment -> segment.id() + EdiCorpus.withoutEmptyTails(segment))
                .toList();
        List<String> due = segments.stream()
                .map(segment -> segment.tag()
                        + EdiCorpus.withoutEmptyTails(new Segment(
                                segment.tag(), 1, again.interchanges().get(0).bytes(), segment.elements())))
                .toList();
        if (!texts.equals(due)) {
            throw new IllegalStateException("Written " + due + " but read " + texts);
        }
    }

    /** Lines are segments, tabs part their elements, vertical tabs repetitions and form feeds components. */
    private static List<OutboundSegment> segments(String text) {
        List<OutboundSegment> segments = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            List<Segment.Element> elements = new ArrayList<>();
            for (String element : line.split("\t", -1)) {
                elements.add(new Segment.Element(Arrays.stream(element.split("\u000b", -1))
                        .map(repetition -> List.of(repetition.split("\f", -1)))
                        .toList()));
            }
            segments.add(new OutboundSegment("FTX", elements));
        }
        return segments;
    }
}
