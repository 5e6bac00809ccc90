package io.lonja.edi;

import static io.lonja.edi.EdiFixture.firstSet;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinarySegmentTests {

    private static final InterchangeParser PARSER =
            InterchangeParser.with(Guides.load(Path.of("src/test/resources/edi/binary/schemas")));

    /** Every byte there is, delimiters and a whole header among them. */
    private static final String ANYTHING = anything();

    @Test
    void dataMayBeAnyBytes() {
        for (String segment : List.of(bin(ANYTHING), "BDS*ASC*" + ANYTHING.length() + "*" + ANYTHING + "~")) {
            Reading reading = read(x12(segment));
            assertThat(EdiFixture.errors(reading)).isEmpty();
            List<Segment> segments = segments(reading);
            assertThat(segments).extracting(Segment::id).containsExactly("ST", "REF", segment.substring(0, 3), "SE");
            Segment binary = segments.get(2);
            assertThat(binary.element(binary.elements().size())).isEqualTo(ANYTHING);
        }
    }

    @Test
    void dataMayBeLongerThanAnyOtherSegmentAndThanWhatIsReadAtOnce() {
        byte[] bytes = new byte[5_000_000];
        new SplittableRandom(1).nextBytes(bytes);
        String data = new String(bytes, ISO_8859_1);
        byte[] payload = x12(bin("short"), bin(data), bin("short")).getBytes(ISO_8859_1);
        CollectedReading streamed = new CollectedReading();
        PARSER.parse(new ByteArrayInputStream(payload), streamed);
        assertThat(EdiFixture.errors(streamed.reading())).isEmpty();
        assertThat(segments(streamed.reading()).get(3).element(2)).isEqualTo(data);
        assertThat(PARSER.parse(payload).equals(streamed.reading())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"BIN*9*abc~, BINARY_TOO_SHORT", "BIN*2*abc~, ELEMENT_TOO_LONG", "BIN*x*abc~, INVALID_CHARACTER"})
    void aLengthThatIsNotTrueIsAnErrorOfTheData(String segment, ErrorCode code) {
        Reading reading = read(x12(segment));
        assertThat(firstSet(reading).verdict().errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.segment()).isEqualTo(3);
        });
    }

    @Test
    void whereNoGuideHasThemTheyAreStillPassedOver() {
        Reading reading =
                EdiFixture.read(x12("BIN*6*~SE*1*~").replace("ST*102", "ST*850").replace("GS*AD", "GS*PO"));
        assertThat(segments(reading)).extracting(Segment::id).containsExactly("ST", "REF", "BIN", "SE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNOC:4", "UNOB:3"})
    void anObjectBetweenUnoAndUnpIsPassedOverAndRefused(String syntax) {
        String uno = "UNO+PKG1+ACW:1+4:EXT:PDF:UN+" + ANYTHING.length() + "'";
        String unp = "UNP+" + ANYTHING.length() + "+PKG1'";
        String order = EdiFixture.sample("edifact-d96a-orders", "single-line");
        String message = order.substring(order.indexOf("UNH+"), order.indexOf("UNZ+"));
        Reading reading = EdiFixture.read("UNB+" + syntax + "+8412345000013:14+8498765000019:14+260115:0930+7'"
                + message + uno + ANYTHING + unp + "UNZ+2+7'");
        assertThat(reading.interchanges()).singleElement().satisfies(interchange -> {
            assertThat(interchange.errors())
                    .extracting(SyntaxError::code)
                    .containsExactly(ErrorCode.PACKAGE_NOT_SUPPORTED);
            assertThat(interchange.noteCode()).isEqualTo("14");
            assertThat(interchange.errors().get(0).sentence()).contains("PKG1");
            assertThat(interchange.groups().get(0).transactionSets()).hasSize(1);
        });
        assertThat(reading.errors()).isEmpty();
    }

    @Test
    void anObjectThatIsShorterThanItSaysIsToldSo() {
        Reading reading = EdiFixture.read(
                "UNB+UNOC:4+8412345000013:14+8498765000019:14+260115:0930+7'UNO+P+ACW:1+4:EXT+999'abcUNP+3+P'UNZ+1+7'");
        assertThat(reading.interchanges().get(0).errors())
                .extracting(SyntaxError::code)
                .contains(ErrorCode.OBJECT_LENGTH_WRONG, ErrorCode.INTERCHANGE_TRAILER_MISSING);
    }

    private static Reading read(String text) {
        return PARSER.parse(text.getBytes(ISO_8859_1));
    }

    private static List<Segment> segments(Reading reading) {
        return EdiFixture.segments(firstSet(reading).content()).toList();
    }

    private static String bin(String data) {
        return "BIN*" + data.length() + "*" + data + "~";
    }

    private static String x12(String... segments) {
        return "ISA*00*          *00*          *ZZ*POSADAMIRAMAR  *ZZ*LONJAHUB       *260115*0930*U*00401*000000107*0*P*>~"
                + "GS*AD*POSADAMIRAMAR*LONJAHUB*20260115*0930*107*X*004010~ST*102*0001~REF*ZZ*1~"
                + String.join("", segments)
                + "SE*%d*0001~GE*1*107~IEA*1*000000107~".formatted(3 + segments.length);
    }

    private static String anything() {
        StringBuilder all = new StringBuilder("~SE*2*0001~GE*1*107~ISA*00*          *00*'UNZ+1+7'UNP+3+PKG1'");
        for (int b = 0; b < 256; b++) {
            all.append((char) b);
        }
        return all.append("UNB+UNOC:3+A+B+260115:0930+8'").toString();
    }
}
