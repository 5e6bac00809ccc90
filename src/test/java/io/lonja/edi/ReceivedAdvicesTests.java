package io.lonja.edi;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.edi.AcknowledgmentRead.Result;
import io.lonja.edi.ReceivedAdvice.About;
import io.lonja.edi.ReceivedAdvice.Reason;
import io.lonja.edi.ReceivedAdvice.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedAdvicesTests {

    private static final String X12 = "x12-004010-824";
    private static final String EDIFACT = "edifact-d96a-aperak";

    @Test
    void readsWhichGroupSetAndDocumentAnOtiMeans() {
        ReceivedAdvice advice = read(EdiFixture.sample(X12, "invoice-refused"));
        assertThat(advice.title()).isEqualTo("824 ADV-901");
        About about = advice.about().get(0);
        assertThat(about.result()).isEqualTo(Result.REJECTED);
        assertThat(about.title()).isEqualTo("group 14, 810 0001, IV I-2026-014");
        assertThat(about.documents()).containsExactly(new Reference("IV", "I-2026-014"));
        assertThat(sentences(about)).containsExactly("024 party unknown, segment 3 N1: The buyer is not known here.");
    }

    @Test
    void givesEachOtiItsOwnReasons() {
        ReceivedAdvice advice = read(EdiFixture.sample(X12, "two-invoices-of-one-group"));
        assertThat(advice.about()).extracting(About::result).containsExactly(Result.REJECTED, Result.ACCEPTED);
        assertThat(advice.about()).extracting(About::set).containsExactly("0001", "0002");
        assertThat(sentences(advice.about().get(0)))
                .containsExactly(
                        "010 total differs, segment 9 TDS, found \"100.00\", should be \"99.00\": The lines come to 99.00.",
                        "009 invalid date, segment 2 BIG, element 1, found \"20260230\"");
        assertThat(advice.about().get(1).reasons()).isEmpty();
    }

    @Test
    void saysWhatWasChanged() {
        About about = read(EdiFixture.sample(X12, "order-response-accepted-with-changes"))
                .about()
                .get(0);
        assertThat(about.result()).isEqualTo(Result.ACCEPTED_WITH_CHANGES);
        assertThat(sentences(about))
                .containsExactly("024 price changed, segment 5 PO1, element 4, found \"12.50\", should be \"12.75\"");
    }

    @ParameterizedTest
    @CsvSource({
        "TA, ACCEPTED, false",
        "GA, ACCEPTED, false",
        "BC, ACCEPTED_WITH_CHANGES, false",
        "TE, ACCEPTED_WITH_ERRORS, false",
        "TP, PARTLY_ACCEPTED, false",
        "GR, REJECTED, false",
        "IA, ACCEPTED, true",
        "IR, PARTLY_ACCEPTED, true"
    })
    void takesTheVerdictFromOti01(String code, Result result, boolean item) {
        About about = read(EdiFixture.sample(X12, "group-accepted").replace("OTI*GA*", "OTI*" + code + "*"))
                .about()
                .get(0);
        assertThat(about.result()).isEqualTo(result);
        assertThat(about.item()).isEqualTo(item);
        assertThat(about.title()).isEqualTo("group 16, TN 16");
        assertThat(about.documents()).isEmpty();
    }

    @Test
    void readsAnAperakAsOneOpinionInTheLettersOfItsSender() {
        ReceivedAdvice advice = read(EdiFixture.sample(EDIFACT, "invoice-refused"));
        assertThat(advice.title()).isEqualTo("APERAK A-301");
        About about = advice.about().get(0);
        assertThat(about.result()).isEqualTo(Result.REJECTED);
        assertThat(about.set()).isEqualTo("1");
        assertThat(about.documents()).containsExactly(new Reference("IV", "I-2026-014"));
        assertThat(sentences(about)).containsExactly("024: El comprador Posada Añoranza no se conoce aquí.");
    }

    @Test
    void keepsEveryTextOfAnAperakWithItsReason() {
        About about = read(EdiFixture.sample(EDIFACT, "two-reasons-with-references"))
                .about()
                .get(0);
        assertThat(sentences(about))
                .containsExactly(
                        "Two things to mend.",
                        "010, LI 2: The total says 100.00: the lines come to 99.00. Line two says 10 cases.",
                        "009: There is no 30 February. Send the day of delivery.");
        assertThat(about.references()).containsExactly(new Reference("ON", "PM-26-0114"));
    }

    @ParameterizedTest
    @CsvSource({
        "9+AP, ACCEPTED, ACCEPTED_WITH_ERRORS",
        "29, ACCEPTED, ACCEPTED_WITH_ERRORS",
        "9+AC, ACCEPTED_WITH_CHANGES, ACCEPTED_WITH_CHANGES",
        "34, ACCEPTED_WITH_CHANGES, ACCEPTED_WITH_CHANGES",
        "9+CA, PARTLY_ACCEPTED, PARTLY_ACCEPTED",
        "9+RE, REJECTED, REJECTED",
        "27, REJECTED, REJECTED",
        "9+AB, RECEIVED, REJECTED",
        "9, RECEIVED, REJECTED"
    })
    void takesTheVerdictOfAnAperakFromItsBgmAndElseFromItsErrors(String codes, Result alone, Result withError) {
        String bare = EdiFixture.sample(EDIFACT, "order-accepted").replace("+9+AP'", "+" + codes + "'");
        assertThat(read(bare).about().get(0).result()).isEqualTo(alone);
        String errors = bare.replace("UNT+10+", "ERC+024::ZZZ'UNT+11+");
        assertThat(read(errors).about().get(0).result()).isEqualTo(withError);
    }

    @Test
    void takesAnInvoiceByItsNumberAndNotByThatOfItsOrder() {
        About about = new About(
                Result.REJECTED,
                false,
                "",
                "",
                "",
                List.of(new Reference("ON", "PO-1"), new Reference("IV", "I-1"), new Reference("AAK", "D-1")),
                List.of());
        assertThat(about.documents()).containsExactly(new Reference("IV", "I-1"));
        assertThat(about.title()).isEqualTo("ON PO-1, IV I-1, AAK D-1");
    }

    @Test
    void shortensWhatIsTooLongForASentenceBetweenCharacters() {
        String sentence = new Reason("024", "", "", "", "", "😀".repeat(400)).sentence();
        assertThat(sentence).startsWith("024: 😀").endsWith("😀...");
        assertThat(sentence.codePointCount(0, sentence.length())).isEqualTo("024: ".length() + 350 + 3);
    }

    private static List<String> sentences(About about) {
        return about.reasons().stream().map(Reason::sentence).toList();
    }

    private static ReceivedAdvice read(String text) {
        TransactionSet set = EdiFixture.firstSet(EdiFixture.read(text));
        assertThat(set.verdict()).isNotInstanceOf(Verdict.Refused.class);
        return ReceivedAdvices.of(set.type(), EdiFixture.segments(set.content()).toList());
    }
}
