package io.lonja.edi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InterchangeWriterTests {

    private static final Instant AT = Instant.parse("2026-11-21T09:32:00Z");
    private static final WireParty HUB = new WireParty("ZZ", "LONJA");
    private static final WireParty ACME = new WireParty("ZZ", "ACMEFOODS");
    private static final OutboundSyntax X12 = OutboundSyntax.x12("00401", StandardCharsets.US_ASCII);
    private static final OutboundSyntax UNOC = OutboundSyntax.edifact("UNOC", 3);

    @Test
    void writesAnX12OrderWithItsEnvelopesCountsAndTrailers() {
        assertThat(text(InterchangeWriter.write(order(X12, "12 mm screw"))))
                .isEqualTo(
                        "ISA*00*          *00*          *ZZ*LONJA          *ZZ*ACMEFOODS      *261121*0932*U*00401"
                                + "*000000905*0*P*>~GS*PO*LONJA*ACMEFOODS*20261121*0932*905*X*004010~ST*850*0001~"
                                + "BEG*00*SA*PO-1**20261121~PO1*1*10*CA*12.50**VN*A-100~PID*F****12 mm screw~CTT*1~SE*6*0001~GE*1*905~IEA*1*000000905~");
    }

    @Test
    void writesWhatItsReaderReads() {
        Interchange read = EdiFixture.read(text(InterchangeWriter.write(order(X12, "12 mm screw"))))
                .interchanges()
                .get(0);

        assertThat(read.errors()).isEmpty();
        assertThat(read.groups().get(0).transactionSets().get(0).verdict()).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void choosesX12DelimitersThatOccurInNoData() {
        String written = text(InterchangeWriter.write(order(X12, "a*b>c~d|e")));
        Interchange read = EdiFixture.read(written).interchanges().get(0);

        assertThat(read.delimiters()).isEqualTo(new Delimiters('^', '!', (char) 0, ':'));
        assertThat(written).contains("PID^F^^^^a*b>c~d|e:");
    }

    @Test
    void saysWhenNoDelimiterIsLeft() {
        assertThatThrownBy(() -> InterchangeWriter.write(order(X12, "*>~^|:!\\`@#$%&;{}[]<?_=+'\"")))
                .isInstanceOf(UnwritableException.class)
                .hasMessageContaining("No delimiter is left");
    }

    @Test
    void writesAnEdifactMessageWithReleasedCharacters() {
        OutboundInterchange interchange = new OutboundInterchange(
                UNOC,
                new WireParty("14", "8412345000020"),
                new WireParty("14", "8412345000013"),
                "905",
                AT,
                true,
                true,
                List.of(OutboundInterchange.Group.without(
                        "D:96A:UN:EAN008",
                        List.of(new OutboundInterchange.TransactionSet(
                                "ORDERS",
                                "1",
                                List.of(
                                        OutboundSegment.of("BGM", "220", "PO+1", "9", ""),
                                        OutboundSegment.named(
                                                "DTM", Map.of("e1", "137", "e1_2", "20261121", "e1_3", "102")),
                                        OutboundSegment.named("NAD", Map.of("e1", "BY", "e4", "Caf\u00e9 d'Or?")),
                                        OutboundSegment.of("UNS", "S")))))));

        assertThat(new String(InterchangeWriter.write(interchange), StandardCharsets.ISO_8859_1))
                .isEqualTo("UNA:+.? 'UNB+UNOC:3+8412345000020:14+8412345000013:14+261121:0932+905++++1++1'"
                        + "UNH+1+ORDERS:D:96A:UN:EAN008'BGM+220+PO?+1+9'DTM+137:20261121:102'"
                        + "NAD+BY+++Caf\u00e9 d?'Or??'UNS+S'UNT+6+1'UNZ+1+905'");
    }

    @Test
    void writesSyntaxFourWithRepetitionsLongDatesAndGroups() {
        OutboundInterchange interchange = new OutboundInterchange(
                OutboundSyntax.edifact("UNOY", 4).withoutServiceStringAdvice(),
                HUB,
                ACME,
                "7",
                AT,
                false,
                false,
                List.of(new OutboundInterchange.Group(
                        "ORDERS",
                        "US",
                        "",
                        "70",
                        "D:96A:UN",
                        List.of(new OutboundInterchange.TransactionSet(
                                "ORDERS",
                                "1",
                                List.of(OutboundSegment.named(
                                        "PIA", Map.of("e1", "a*b", "e1r2", "c", "e1r2_2", "d"))))))));

        assertThat(text(InterchangeWriter.write(interchange)))
                .isEqualTo("UNB+UNOY:4+LONJA:ZZ+ACMEFOODS:ZZ+20261121:0932+7'UNG+ORDERS+US+ACMEFOODS:ZZ+20261121:0932"
                        + "+70+UN+D:96A'UNH+1+ORDERS:D:96A:UN'PIA+a?*b*c:d'UNT+3+1'UNE+1+70'UNZ+1+7'");
    }

    @Test
    void namesThePlaceOfACharacterThatTheCharacterSetHasNot() {
        assertThatThrownBy(() -> InterchangeWriter.write(order(X12, "Caf\u00e9")))
                .isInstanceOfSatisfying(UnwritableException.class, e -> {
                    assertThat(e.transactionSet()).isEqualTo("0001");
                    assertThat(e.segment()).isEqualTo(4);
                    assertThat(e.segmentId()).isEqualTo("PID");
                    assertThat(e.element()).isEqualTo(5);
                })
                .hasMessage(
                        "PID05 in segment 4 of transaction set 0001 has the character \u00e9 (U+00E9) at place 4 of its text, which X12 in US-ASCII does not carry; write it otherwise.");
    }

    @Test
    void refusesSmallLettersInLevelAAndControlCharactersEverywhere() {
        assertThatThrownBy(() ->
                        InterchangeWriter.write(order(OutboundSyntax.x12("00401", StandardCharsets.UTF_8), "a\nb")))
                .isInstanceOf(UnwritableException.class)
                .hasMessageContaining("U+000A");
        OutboundInterchange levelA = new OutboundInterchange(
                OutboundSyntax.edifact("UNOA", 1),
                HUB,
                ACME,
                "1",
                AT,
                false,
                false,
                List.of(OutboundInterchange.Group.without(
                        "D:96A:UN",
                        List.of(new OutboundInterchange.TransactionSet(
                                "ORDERS", "1", List.of(OutboundSegment.of("FTX", "abc")))))));
        assertThatThrownBy(() -> InterchangeWriter.write(levelA)).hasMessageContaining("UNOA");
    }

    @Test
    void refusesARepetitionThatTheVersionDoesNotKnow() {
        OutboundInterchange repeating = new OutboundInterchange(
                X12,
                HUB,
                ACME,
                "905",
                AT,
                false,
                false,
                List.of(new OutboundInterchange.Group(
                        "PO",
                        "",
                        "",
                        "905",
                        "004010",
                        List.of(new OutboundInterchange.TransactionSet(
                                "850",
                                "0001",
                                List.of(OutboundSegment.named("REF", Map.of("e1", "a", "e1r2", "b"))))))));

        assertThatThrownBy(() -> InterchangeWriter.write(repeating)).hasMessageContaining("REF01");
    }

    @Test
    void refusesNamesThatAreNoElements() {
        assertThatThrownBy(() -> OutboundSegment.named("BEG", Map.of("at", "BEG 2 1 2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write e3 for the third element");
        assertThatThrownBy(() -> OutboundSegment.of("beg")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsBackWhateverItWroteInBothStandards() {
        long seed = Long.getLong("lonja.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            List<OutboundSegment> segments = new ArrayList<>();
            int count = 1 + random.nextInt(5);
            for (int s = 0; s < count; s++) {
                segments.add(OutboundSegment.named("FTX", texts(random)));
            }
            for (OutboundInterchange interchange : List.of(
                    edifact(OutboundSyntax.edifact("UNOC", 3), segments),
                    edifact(
                            OutboundSyntax.edifact("UNOY", 4).with(new Delimiters('|', '/', '^', '~', '\\', '.')),
                            segments))) {
                byte[] written = InterchangeWriter.write(interchange);
                Interchange read =
                        EdiFixture.PARSER.parse(written).interchanges().get(0);
                assertThat(read.errors()).as("lonja.seed=%d, %d", seed, i).isEmpty();
                List<List<Segment.Element>> elements = EdiFixture.segments(
                                read.groups().get(0).transactionSets().get(0).content())
                        .filter(segment -> segment.id().equals("FTX"))
                        .map(segment -> List.copyOf(segment.elements()))
                        .toList();
                assertThat(elements)
                        .as("lonja.seed=%d, %d", seed, i)
                        .isEqualTo(segments.stream()
                                .map(InterchangeWriterTests::withoutEmptyEnds)
                                .toList());
            }
        }
    }

    /** Letters, service characters of both spellings, and letters beyond ASCII at random places. */
    private static Map<String, String> texts(SplittableRandom random) {
        String alphabet = "aZ9 .,+:'?*|/^~\\-\u00e9\u00df";
        Map<String, String> texts = new java.util.TreeMap<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(12);
            for (int c = 0; c < length; c++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            texts.put("e%d_%d".formatted(1 + random.nextInt(5), 1 + random.nextInt(4)), text.toString());
        }
        return texts;
    }

    private static List<Segment.Element> withoutEmptyEnds(OutboundSegment segment) {
        List<Segment.Element> elements = new ArrayList<>();
        for (Segment.Element element : segment.elements()) {
            List<String> components = new ArrayList<>(
                    element.repetitions().isEmpty()
                            ? List.of("")
                            : element.repetitions().get(0));
            while (components.size() > 1
                    && components.get(components.size() - 1).isEmpty()) {
                components.remove(components.size() - 1);
            }
            elements.add(new Segment.Element(List.of(components)));
        }
        return elements;
    }

    private static OutboundInterchange edifact(OutboundSyntax syntax, List<OutboundSegment> segments) {
        return new OutboundInterchange(
                syntax,
                HUB,
                ACME,
                "905",
                AT,
                false,
                false,
                List.of(OutboundInterchange.Group.without(
                        "D:01B:UN", List.of(new OutboundInterchange.TransactionSet("ORDERS", "1", segments)))));
    }

    private static OutboundInterchange order(OutboundSyntax syntax, String description) {
        return new OutboundInterchange(
                syntax,
                HUB,
                ACME,
                "905",
                AT,
                false,
                false,
                List.of(new OutboundInterchange.Group(
                        "PO",
                        "",
                        "",
                        "905",
                        "004010",
                        List.of(new OutboundInterchange.TransactionSet(
                                "850",
                                "0001",
                                List.of(
                                        OutboundSegment.of("BEG", "00", "SA", "PO-1", "", "20261121"),
                                        OutboundSegment.named(
                                                "PO1",
                                                Map.of(
                                                        "e1", "1", "e2", "10", "e3", "CA", "e4", "12.50", "e6", "VN",
                                                        "e7", "A-100")),
                                        OutboundSegment.of("PID", "F", "", "", "", description),
                                        OutboundSegment.of("CTT", "1")))))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
