package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.ByteRange;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkedTextTests {

    private static final Delimiters X12 = new Delimiters('*', '>', (char) 0, '~');

    /** Errors of an envelope lie in their segment as a whole. */
    @ParameterizedTest
    @CsvSource({
        "ISA*00*ZZ*~, 0, 0, ISA",
        "ISA*00*ZZ*~, 1, 0, 00",
        "ISA*00*ZZ*~, 2, 0, ZZ",
        "SE*12*0001~, 2, 0, 0001",
        "SE*12*0001~, 9, 0, ~",
        "SE*12, 1, 0, 12"
    })
    void marksAnElementByItsNumber(String segment, int element, int component, String marked) {
        assertThat(whole(segment, X12, element, component)).isEqualTo(marked);
    }

    @ParameterizedTest
    @CsvSource({
        "UNB+UNOC:3+A?+B:14+C, 1, 1, UNOC",
        "UNB+UNOC:3+A?+B:14+C, 1, 2, 3",
        "UNB+UNOC:3+A?+B:14+C, 2, 1, A?+B",
        "UNB+UNOC:3+A?+B:14+C, 2, 2, 14",
        "UNB+UNOC:3+A?+B:14+C, 2, 0, A?+B:14",
        "UNB+UNOC:3+A?+B:14+C, 3, 1, C"
    })
    void marksAComponentByItsNumber(String segment, int element, int component, String marked) {
        assertThat(whole(segment + "'", Delimiters.edifact(3), element, component))
                .isEqualTo(marked);
    }

    @Test
    void marksWhatIsMissingWithOneCaretAtItsPlace() {
        MarkedText marked = marked("BEG*00*SA**20261101~", UTF_8, 10, 10);
        assertThat(marked).isEqualTo(new MarkedText("BEG*00*SA**20261101~", 10, 1));
    }

    @Test
    void countsColumnsAndNotBytes() {
        String segment = "N1*BY*Peñíscola\u001b*92*X~";
        int from = segment.getBytes(UTF_8).length - 2;
        assertThat(marked(segment, UTF_8, from, from + 1))
                .isEqualTo(new MarkedText("N1*BY*Peñíscola<1B>*92*X~", 23, 1));
    }

    @Test
    void whatIsNoTextInItsCharacterSetIsShownByteForByte() {
        assertThat(marked("N1*BY*Peñíscola*92~", ISO_8859_1, 16, 18))
                .isEqualTo(new MarkedText("N1*BY*Peñíscola*92~", 16, 2));
    }

    @Test
    void showsTheSurroundingsOfAPlaceInALongSegment() {
        String segment = "MSG*" + "a".repeat(5000) + "*FAULT*" + "b".repeat(5000) + "~";
        MarkedText middle = marked(segment, UTF_8, 5005, 5010);
        assertThat(middle.text()).hasSize(106).startsWith("...aaa").endsWith("bbb...");
        assertThat(part(middle)).isEqualTo("FAULT");
        MarkedText all = marked(segment, UTF_8, 4, 5004);
        assertThat(all.text()).startsWith("MSG*aaa").endsWith("aaa...");
        assertThat(all.column() + all.columns()).isEqualTo(100);
        MarkedText end = marked(segment, UTF_8, segment.length() - 1, segment.length() - 1);
        assertThat(end.text()).hasSize(103).endsWith("b~");
        assertThat(part(end)).isEqualTo("~");
    }

    private static String whole(String segment, Delimiters delimiters, int element, int component) {
        byte[] bytes = segment.getBytes(UTF_8);
        SyntaxError error = error(element, component, 0, bytes.length);
        return part(MarkedText.of(segment(bytes, delimiters), error));
    }

    private static MarkedText marked(String segment, Charset charset, int from, int to) {
        byte[] bytes = segment.getBytes(charset);
        return MarkedText.of(segment(bytes, X12), error(1, 0, from, to));
    }

    private static String part(MarkedText marked) {
        return marked.text().substring(marked.column(), marked.column() + marked.columns());
    }

    private static Segment segment(byte[] bytes, Delimiters delimiters) {
        WireElements read = new WireElements(bytes, 0, delimiters, WireText.X12, new int[] {0}, 0, 0);
        return new Segment("X", 1, new ByteRange(0, bytes.length), read);
    }

    private static SyntaxError error(int element, int component, int from, int to) {
        return new SyntaxError(
                1, "X", element, component, ErrorCode.INVALID_CODE, "", Expectation.NONE, new ByteRange(from, to));
    }
}
