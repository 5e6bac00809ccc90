package io.lonja.edi;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.edi.AcknowledgmentRead.Named;
import io.lonja.edi.AcknowledgmentRead.Reason;
import io.lonja.edi.AcknowledgmentRead.Result;
import io.lonja.edi.AcknowledgmentRead.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedAcknowledgmentsTests {

    private static final String FUNCTIONAL = "x12-004010-997";
    private static final String CONTRL = "edifact-d3-contrl";

    @Test
    void readsWhichGroupAndWhichSetsAreMeant() {
        Statement said = statement(EdiFixture.sample(FUNCTIONAL, "all-accepted"));
        assertThat(said.title()).isEqualTo("997 about group IN 31");
        assertThat(said.result()).isEqualTo(Result.ACCEPTED);
        assertThat(said.sets()).containsExactly(new Named("810", "0001", false));
        assertThat(said.reasons()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "A, ACCEPTED",
        "E, ACCEPTED_WITH_ERRORS",
        "P, PARTLY_ACCEPTED",
        "R, REJECTED",
        "M, REJECTED",
        "W, REJECTED",
        "X, REJECTED"
    })
    void takesTheVerdictOfTheGroupFromAk901(String code, Result result) {
        String bare = EdiFixture.sample(FUNCTIONAL, "bare-group").replace("AK9*A*", "AK9*" + code + "*");
        assertThat(statement(bare).result()).isEqualTo(result);
    }

    @Test
    void believesARefusedSetMoreThanItsGroup() {
        String said = EdiFixture.sample(FUNCTIONAL, "all-accepted").replace("AK5*A", "AK5*R");
        assertThat(statement(said).result()).isEqualTo(Result.PARTLY_ACCEPTED);
        assertThat(statement(said).of("0001", true)).isEqualTo(Result.REJECTED);
    }

    @Test
    void repeatsSegmentElementAndCodeOfEveryNote() {
        String said = EdiFixture.sample(FUNCTIONAL, "all-accepted")
                .replace("AK5*A~", "AK3*N1*4**8~\nAK4*4:2*67*7*XX~\nAK3*ZZZ*9**2~\nAK3*IT1*11**8~\nAK5*R*5*4~")
                .replace("AK9*A*1*1*1~", "AK9*R*1*1*0*5~")
                .replace("SE*6", "SE*10")
                .replace("*P*>~", "*P*:~");
        assertThat(sentences(statement(said)))
                .containsExactly(
                        "transaction set 0001, segment 4 N1, element 4-2, code 7 (invalid code value)",
                        "transaction set 0001, segment 9 ZZZ, code 2 (unexpected segment)",
                        "transaction set 0001, segment 11 IT1, code 8 (segment has element errors)",
                        "transaction set 0001, code 4 (segment count wrong)",
                        "the group, code 5 (count of transaction sets wrong)");
    }

    @Test
    void readsA999InTheWordsOfItsOwnCodes() {
        Statement said = statement(EdiFixture.sample("x12-005010-999", "one-set-rejected"));
        assertThat(said.title()).isEqualTo("999 about group HC 32");
        assertThat(said.result()).isEqualTo(Result.PARTLY_ACCEPTED);
        assertThat(said.sets()).containsExactly(new Named("837", "0001", false), new Named("837", "0002", true));
        assertThat(sentences(said))
                .containsExactly(
                        "transaction set 0002, segment 22 CLM, element 2, code 1 (mandatory element missing)",
                        "transaction set 0002, segment 22 CLM, element 5-3, code I6 (code value that the implementation"
                                + " does not use)",
                        "transaction set 0002, segment 57 REF, code I4 (segment that the implementation does not use)",
                        "transaction set 0002, segment 60 NM1, code I6 (segment missing that the implementation asks for"
                                + " here)");
    }

    @Test
    void readsA997OfEveryVersion() {
        Statement said = statement(EdiFixture.sample("x12-005010-997", "one-set-rejected"));
        assertThat(said.title()).isEqualTo("997 about group HB 32");
        assertThat(sentences(said))
                .contains(
                        "transaction set 0002, segment 9 EB, element 3, code 12 (too many repetitions)",
                        "transaction set 0002, segment 9 EB, element 13, code 13 (too many components)");
        assertThat(statement(EdiFixture.sample("x12-005010-997", "read-by-an-older-guide"))
                        .result())
                .isEqualTo(Result.ACCEPTED_WITH_ERRORS);
    }

    @Test
    void countsElementsOfAContrlWithoutTheTag() {
        Statement said = statement(EdiFixture.sample(CONTRL, "refuses-a-message"));
        assertThat(said.result()).isEqualTo(Result.PARTLY_ACCEPTED);
        assertThat(said.sets()).containsExactly(new Named("ORDERS", "1", true), new Named("ORDERS", "2", false));
        assertThat(sentences(said))
                .containsExactly(
                        "message 1, segment 10, element 1-2, code 37 (invalid type of characters)",
                        "message 1, segment 4, code 15 (not supported here)");
    }

    @ParameterizedTest
    @CsvSource({
        "accepts-an-order, ACCEPTED",
        "says-only-that-it-came, RECEIVED",
        "refuses-the-interchange, REJECTED",
        "answers-a-group-in-syntax-four, ACCEPTED"
    })
    void takesTheVerdictOfAContrlFrom0083(String sample, Result result) {
        Statement said = statement(EdiFixture.sample(CONTRL, sample));
        assertThat(said.result()).isEqualTo(result);
        assertThat(said.controlNumber()).isEqualTo("107");
    }

    @Test
    void namesTheServiceSegmentThatRefusesAnInterchange() {
        assertThat(sentences(statement(EdiFixture.sample(CONTRL, "refuses-the-interchange"))))
                .containsExactly("the interchange, segment UNZ, element 2, code 28 (references differ)");
    }

    @Test
    void takesNothingFromWhatItsGuideRefuses() {
        for (String sample : List.of("without-verdict", "unknown-verdict", "notes-without-set")) {
            AcknowledgmentRead read =
                    read(EdiFixture.sample(FUNCTIONAL, sample)).orElseThrow();
            assertThat(read.statements()).as(sample).isEmpty();
            assertThat(read.unreadable()).as(sample).singleElement().asString().isNotBlank();
        }
        assertThat(read(EdiFixture.sample(CONTRL, "unknown-action"))
                        .orElseThrow()
                        .statements())
                .isEmpty();
    }

    @Test
    void findsNothingInADocument() {
        assertThat(read(EdiFixture.sample("x12-004010-810", "single-line"))).isEmpty();
        assertThat(read(EdiFixture.sample("edifact-d96a-orders", "single-line")))
                .isEmpty();
    }

    private static Statement statement(String interchange) {
        return read(interchange).orElseThrow().statements().get(0);
    }

    private static List<String> sentences(Statement said) {
        return said.reasons().stream().map(Reason::sentence).toList();
    }

    private static Optional<AcknowledgmentRead> read(String text) {
        Interchange interchange = EdiFixture.read(text).interchanges().get(0);
        Envelope envelope = interchange.envelope();
        return ReceivedAcknowledgments.in(
                interchange,
                "posada-miramar",
                7,
                new InterchangeRead.Decided(
                        0,
                        envelope.standard(),
                        envelope.sender(),
                        envelope.receiver(),
                        envelope.controlNumber(),
                        envelope.version(),
                        envelope.test(),
                        InterchangeRead.Decision.NEW,
                        "",
                        null,
                        interchange.bytes(),
                        List.of(),
                        List.of()));
    }
}
