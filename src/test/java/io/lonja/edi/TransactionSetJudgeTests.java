package io.lonja.edi;

import static io.lonja.edi.EdiFixture.firstSet;
import static io.lonja.edi.EdiFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionSetJudgeTests {

    private static final String HEAD =
            "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260114*0815*U*00401*000000001*0*P*>~"
                    + "GS*PO*A*B*20260114*0815*1*X*004010~ST*850*0001~";

    /** Body of an 850 with its own BEG and PO1, so that a case shows one segment only. */
    private static Reading order(String... body) {
        int segments = body.length + 4;
        return read(HEAD + "BEG*00*SA*1**20260114~" + String.join("~", body) + "~PO1*1*1*EA*1~SE*" + segments
                + "*0001~GE*1*1~IEA*1*000000001~");
    }

    @ParameterizedTest(name = "{0}: {1} at {2}-{3}")
    @CsvSource(delimiter = '|', textBlock = """
            DTM*002*20240229                | none                        | 0 | 0
            DTM*002*20230229                | INVALID_DATE                | 2 | 0
            DTM*002*2024022                 | INVALID_DATE                | 2 | 0
            DTM*002*20240229*2359           | none                        | 0 | 0
            DTM*002*20240229*23595999       | none                        | 0 | 0
            DTM*002*20240229*2400           | INVALID_TIME                | 3 | 0
            DTM*002*20240229*12345          | INVALID_TIME                | 3 | 0
            DTM*002                         | CONDITIONAL_ELEMENT_MISSING | 2 | 0
            DTM*02*20240229                 | ELEMENT_TOO_SHORT           | 1 | 0
            DTM*0002*20240229               | ELEMENT_TOO_LONG            | 1 | 0
            CUR**EUR                        | MANDATORY_ELEMENT_MISSING   | 1 | 0
            CUR*BY                          | MANDATORY_ELEMENT_MISSING   | 2 | 0
            CUR*BY*EURO                     | ELEMENT_TOO_LONG            | 2 | 0
            CUR*BY*EUR*1.2.3                | INVALID_CHARACTER           | 3 | 0
            CUR*BY*EUR*1E55                 | INVALID_CHARACTER           | 3 | 0
            CUR*BY*EUR*1,2500               | INVALID_CHARACTER           | 3 | 0
            CUR*BY*EUR*-1.2500              | none                        | 0 | 0
            CUR*BY*EUR*12345678901          | ELEMENT_TOO_LONG            | 3 | 0
            CUR*BY>X*EUR                    | TOO_MANY_COMPONENTS         | 1 | 0
            PER*BD*N*TE*1*EM*2*FX*3*X*extra | TOO_MANY_ELEMENTS           | 10 | 0
            PER*BD*N*TE                     | CONDITIONAL_ELEMENT_MISSING | 4 | 0
            PER*BD****                      | none                        | 0 | 0
            REF*AB                          | CONDITIONAL_ELEMENT_MISSING | 2 | 0
            REF*AB*1**AB>1                  | none                        | 0 | 0
            REF*AB*1**AB                    | MANDATORY_ELEMENT_MISSING   | 4 | 2
            REF*AB*1**AB>1>AC>2>AD>3>A      | TOO_MANY_COMPONENTS         | 4 | 0
            REF*AB*1**A>1                   | ELEMENT_TOO_SHORT           | 4 | 1
            SAC*X*C310                      | INVALID_CODE                | 1 | 0
            SAC*A                           | CONDITIONAL_ELEMENT_MISSING | 2 | 0
            SAC*A*C310***1.50               | INVALID_CHARACTER           | 5 | 0
            SAC*A*C310***-150               | none                        | 0 | 0
            MSG*a                           | SEGMENT_OUT_OF_SEQUENCE     | 0 | 0
            CUR*BY*EUR~CUR*BY*EUR           | SEGMENT_OVER_MAXIMUM        | 0 | 0
            BEG*00*SA*2**20260114           | SEGMENT_OVER_MAXIMUM        | 0 | 0
            N3*Street                       | SEGMENT_OUT_OF_SEQUENCE     | 0 | 0
            """)
    void aSegmentIsJudgedByTheGuide(String segment, String code, int element, int component) {
        List<SyntaxError> errors = firstSet(order(segment.split("~"))).verdict().errors();
        if (code.equals("none")) {
            assertThat(errors).isEmpty();
            return;
        }
        assertThat(errors).hasSize(1);
        SyntaxError error = errors.get(0);
        assertThat(error.code()).isEqualTo(ErrorCode.valueOf(code));
        assertThat(error.element()).isEqualTo(element);
        assertThat(error.component()).isEqualTo(component);
        assertThat(error.segment()).isEqualTo(2 + segment.split("~").length);
    }

    @Test
    void whatIsMissingIsNamedWhereItWasExpected() {
        Reading reading = read(HEAD + "N1*BY*A~SE*3*0001~GE*1*1~IEA*1*000000001~");
        assertThat(firstSet(reading).verdict().errors())
                .extracting(SyntaxError::segmentId, SyntaxError::segment, SyntaxError::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("BEG", 2, ErrorCode.MANDATORY_SEGMENT_MISSING),
                        org.assertj.core.groups.Tuple.tuple("PO1", 3, ErrorCode.MANDATORY_SEGMENT_MISSING));
    }

    @Test
    void loopsBearTheNamesOfTheGuide() {
        Reading reading = read(EdiFixture.sample("x12-004010-850", "three-lines-with-charges"));
        Loop order = firstSet(reading).content();
        assertThat(order.nodes().stream().filter(node -> node instanceof Loop).map(node -> ((Loop) node).name()))
                .containsExactly("SAC", "SAC", "N9", "N1", "N1", "N1", "N1", "PO1", "PO1", "PO1", "CTT");
        Loop lastLine = (Loop) order.nodes().get(order.nodes().size() - 3);
        assertThat(lastLine.nodes().stream()
                        .filter(node -> node instanceof Loop)
                        .map(node -> ((Loop) node).name()))
                .containsExactly("PO1-PID", "PO1-N1");
    }

    @Test
    void theSentenceNamesSegmentElementAndWhatToDo() {
        SyntaxError error = firstSet(order("CUR*BY*EURO")).verdict().errors().get(0);
        assertThat(error.sentence())
                .isEqualTo("CUR02 (Currency Code) in segment 3 is longer than 3 characters: \"EURO\"; shorten it.");
    }

    @Test
    void bytesThatAreNoTextAreReportedByOffsetAndKept() {
        Reading reading = order("N1*BY*Caf\u00E9*92*12");
        SyntaxError error = firstSet(reading).verdict().errors().get(0);
        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_CHARACTER);
        assertThat(error.sentence())
                .contains("byte E9 at offset " + (error.bytes().from() + 3));
        assertThat(EdiFixture.segments(firstSet(reading).content())
                        .filter(s -> s.id().equals("N1"))
                        .findFirst())
                .hasValueSatisfying(name -> assertThat(name.element(2)).isEqualTo("Caf\u00E9"));
    }

    @Test
    void wellFormedUtf8IsReadAsText() {
        Reading reading = order("N1*BY*Caf\u00C3\u00A9*92*12");
        assertThat(firstSet(reading).verdict()).isInstanceOf(Verdict.Accepted.class);
        assertThat(EdiFixture.segments(firstSet(reading).content())
                        .filter(s -> s.id().equals("N1"))
                        .findFirst())
                .hasValueSatisfying(name -> assertThat(name.element(2)).isEqualTo("Café"));
    }

    @Test
    void aMandatoryTextOfBlanksIsMissing() {
        Reading reading = read(HEAD + "BEG*00*SA*   **20260114~PO1*1*1*EA*1~SE*4*0001~GE*1*1~IEA*1*000000001~");
        assertThat(EdiFixture.codes(reading)).containsExactly(ErrorCode.MANDATORY_ELEMENT_MISSING);
    }
}
