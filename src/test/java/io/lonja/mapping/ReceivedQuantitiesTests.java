package io.lonja.mapping;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Shipped;
import io.lonja.document.MappingProblem;
import io.lonja.document.ReceivingAdvice;
import io.lonja.document.ReceivingAdvice.Line;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a line of a receiving advice says was received and accepted, in both standards, and what contradicts itself. */
class ReceivedQuantitiesTests {

    private static final Mapping MAPPING = Shipped.mapping();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RCD*1*12*EA | 12 12",
                "RCD*1*12*EA*2*EA | 12 10 refused:2",
                "RCD*1*12*EA*2*EA*2*EA*08 | 12 10 refused:2:08",
                "RCD*1*12*EA*2*EA*2*EA*01 | 12 10 damaged:2:01 refused:2",
                "RCD*1*12*EA***2*EA*01 | 12 12 damaged:2:01",
                "RCD*1*12*EA***2*EA*01*10*EA*07 | 12 10 damaged:2:01",
                "RCD*1*12*EA***2*EA*10*1*EA*12 | 12 9 refused:2:10 refused:1:12",
                "RCD*1*10*EA***2*EA*02 | 10 10 short:2:02",
                "RCD*1*****5*EA*02 | 0 0 short:5:02",
                "RCD*1*12*EA***2*EA*04 | 12 12 other:2:04"
            })
    void ofX12(String segment, String expected) {
        assertThat(said(line(x12(segment)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QTY+48:12 | 12 12",
                "QTY+46:12 | 12 12",
                "QTY+46:14'QTY+48:12 | 12 12",
                "QTY+194:10'QTY+195:2 | 12 10 refused:2",
                "QTY+48:12'QTY+195:1'QTY+196:1 | 12 10 refused:1 refused:1:196",
                "QTY+48:12'QVR+-2:195+AF+DME | 12 10 damaged:2:AF:DME",
                "QTY+48:12'QVR+-2:124+AF | 12 12 damaged:2:AF",
                "QTY+48:12'QTY+194:10'QTY+195:2'QVR+-2:195+AF | 12 10 damaged:2:AF",
                "QTY+48:10'QVR+-2:12 | 10 10 short:2",
                "QTY+48:14'QVR+2:12 | 14 14 over:2",
                "QTY+48:14'QVR+2:21+AC | 14 14 over:2:AC"
            })
    void ofEdifact(String segments, String expected) {
        assertThat(said(line(edifact(segments)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RCD*1*12*EA*2*EA*3*EA*08 | returned-differs 2 3",
                "RCD*1*2*EA*3*EA | accepted-differs 2 -1",
                "RCD*1*12*EA***14*EA*07 | accepted-differs 12 14",
                "RCD*1*12*EA*1*CA | unit-differs EA CA",
                "RCD*1*****2*EA*01 | quantity-missing null null",
                "RCD*1*-3*EA | quantity-negative null null"
            })
    void whatX12ContradictsIsHeldWithBothFigures(String segment, String expected) {
        assertThat(problems(x12(segment))).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QTY+48:12'QTY+194:10'QTY+195:1 | received-differs 12 11",
                "QTY+48:12'QTY+195:2'QVR+-3:195+AF | refused-differs 2 3",
                "QTY+12:12 | quantity-missing null null"
            })
    void whatEdifactContradictsIsHeldWithBothFigures(String segments, String expected) {
        assertThat(problems(edifact(segments))).containsExactly(expected);
    }

    @Test
    void aDiscrepancyOfPackagesAloneHoldsTheReceipt() {
        assertThat(problems(set("CPS+1'PAC+2++CT'QVR+-1:124'LIN+1'QTY+48:12'")))
                .containsExactly("package-discrepancy null null");
    }

    @Test
    void aReceiptWithoutLinesIsHeld() {
        assertThat(problems(set(""))).containsExactly("lines-missing null null");
    }

    private static TransactionSet x12(String line) {
        return SetText.set("BRA*R-1*20260124*00*2~DTM*050*20260124~PRF*PO-1~N1*BY*Posada~" + line + "~");
    }

    private static TransactionSet edifact(String line) {
        return set("CPS+1'LIN+1'" + line + "'");
    }

    private static TransactionSet set(String detail) {
        String segments = "BGM+632+R-1+9'DTM+137:20260124:102'RFF+ON:PO-1'NAD+BY+1::92'" + detail;
        long count = segments.chars().filter(c -> c == '\'').count() + 2;
        return SetText.sets(("UNB+UNOC:3+A+B+260120:0815+1'UNH+1+RECADV:D:96A:UN'" + segments + "UNT+" + count
                                + "+1'UNZ+1+1'")
                        .getBytes(ISO_8859_1))
                .get(0);
    }

    private static Line line(TransactionSet set) {
        Mapped mapped = MAPPING.map(set, new MappingContext(null));
        assertThat(mapped.problems()).extracting(MappingProblem::sentence).isEmpty();
        return ((ReceivingAdvice) Objects.requireNonNull(mapped.content()))
                .lines()
                .get(0);
    }

    private static String said(Line line) {
        StringBuilder said = new StringBuilder(line.received().value().toPlainString())
                .append(' ')
                .append(line.accepted().value().toPlainString());
        line.discrepancies()
                .forEach(each -> said.append(' ')
                        .append(each.kind().name().toLowerCase(Locale.ROOT))
                        .append(':')
                        .append(each.quantity().value().toPlainString())
                        .append(behind(each.code()))
                        .append(behind(each.reason())));
        return said.toString();
    }

    private static String behind(@Nullable String code) {
        return code == null ? "" : ":" + code;
    }

    private static List<String> problems(TransactionSet set) {
        assertThat(set.verdict()).isNotInstanceOf(Verdict.Refused.class);
        return MAPPING.map(set, new MappingContext(null)).problems().stream()
                .map(problem -> "%s %s %s".formatted(problem.code(), problem.stated(), problem.computed()))
                .toList();
    }
}
