package io.lonja.edi;

import static io.lonja.edi.EdiFixture.AT;
import static io.lonja.edi.EdiFixture.SCHEMAS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.edi.ApplicationAdvice.Condition;
import io.lonja.edi.ApplicationAdvice.Reason;
import io.lonja.edi.ApplicationAdvice.Subject;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdviceWriterTests {

    private static final Reason UNKNOWN =
            new Reason(Condition.OTHER, "party unknown", "Nobody knows the seller.", "N1", 3);

    @Test
    void refusesAnOrderOfX12ByAnApplicationAdvice() {
        byte[] written = AdviceWriter.write(
                order(
                        EdiFixture.sample("x12-004010-850", "letters-beyond-ascii"),
                        UNKNOWN,
                        new Reason(
                                Condition.OUT_OF_BALANCE,
                                "total differs",
                                "The total says 12.00, but the lines of this order, its allowances and its taxes come to 13.00.",
                                "",
                                0)),
                77,
                AT);

        assertThat(new String(written, UTF_8))
                .contains(
                        "GS*AG*LONJAHUB*POSADAMIRAMAR*20260115*0930*77*X*004010~ST*824*0001~BGN*11*77*20260115~",
                        "OTI*TR*PO*PO-1*POSADAMIRAMAR*LONJAHUB***",
                        "*0001*850*004010~TED*024*party unknown*N1*3~NTE**Nobody knows the seller.~",
                        "TED*010*total differs~NTE**The total says 12.00, but the lines of this order, its allowances and its taxes~NTE**come to 13.00.~SE*9*0001~");
        readsClean(written, "x12-004010-824");
    }

    @Test
    void refusesAMessageOfEdifactByAnAperak() {
        byte[] written =
                AdviceWriter.write(order(EdiFixture.sample("edifact-d96a-orders", "single-line"), UNKNOWN), 78, AT);

        assertThat(new String(written, ISO_8859_1))
                .contains("BGM+313+78+9+27'DTM+137:20260115:102'RFF+ACW:1'RFF+ON:PO-1'ERC+024::ZZZ'")
                .contains("FTX+AAO+++Nobody knows the seller.'");
        readsClean(written, "edifact-d96a-aperak");
    }

    @Test
    void namesTheSetWhereTheDocumentHasNoNumberOrOneThatDoesNotFit() {
        String sample = EdiFixture.sample("x12-004010-850", "letters-beyond-ascii");
        for (String number : List.of("", "9".repeat(31))) {
            byte[] written = AdviceWriter.write(advice(sample, Subject.ORDER, number, UNKNOWN), 1, AT);
            assertThat(new String(written, UTF_8)).contains("OTI*TR*TN*0001*");
            readsClean(written, "x12-004010-824");
        }
    }

    @Test
    void writesNoControlCharactersAndNoDelimitersIntoText() {
        Reason odd = new Reason(Condition.OTHER, "x", "A\u0007 name* with ~ and >\r\nmore", "B", 1);
        byte[] written =
                AdviceWriter.write(order(EdiFixture.sample("x12-004010-850", "letters-beyond-ascii"), odd), 1, AT);
        assertThat(new String(written, UTF_8))
                .contains("A name* with ~ and > more")
                .doesNotContain("\u0007", "\n");
        readsClean(written, "x12-004010-824");
    }

    @Test
    void saysLettersThatTheSendersCharacterSetLacksWithoutTheirAccent() {
        String latin = EdiFixture.sample("edifact-d96a-orders", "single-line");
        Reason reason = new Reason(Condition.OTHER, "x", "Łódź, Añoranza, Čapek, 日本 and 5 €", "", 0);
        byte[] inAscii = AdviceWriter.write(order(latin.replaceFirst("UNO[A-Z]:", "UNOB:"), reason), 1, AT);
        byte[] inLatin = AdviceWriter.write(order(latin.replaceFirst("UNO[A-Z]:", "UNOC:"), reason), 1, AT);

        assertThat(new String(inAscii, ISO_8859_1)).contains("+odz, Anoranza, Capek, and 5'");
        assertThat(new String(inLatin, ISO_8859_1)).contains("+ódz, Añoranza, Capek, and 5'");
        readsClean(inAscii, "edifact-d96a-aperak");
        readsClean(inLatin, "edifact-d96a-aperak");
    }

    @Test
    void leavesLevelAWhereSmallLettersAreToBeWritten() {
        String plain = EdiFixture.sample("edifact-d96a-orders", "single-line").replaceFirst("UNO[A-Z]:", "UNOA:");
        assertThat(new String(AdviceWriter.write(order(plain, UNKNOWN), 1, AT), ISO_8859_1))
                .contains("UNB+UNOB:3+");
    }

    @Test
    void showsThatALongReasonIsCut() {
        Reason endless = new Reason(Condition.OTHER, "x", "word ".repeat(200).strip(), "", 0);
        byte[] aperak =
                AdviceWriter.write(order(EdiFixture.sample("edifact-d96a-orders", "single-line"), endless), 1, AT);
        assertThat(new String(aperak, ISO_8859_1)).contains("word...'").contains(":word word");
        readsClean(aperak, "edifact-d96a-aperak");

        byte[] advice =
                AdviceWriter.write(order(EdiFixture.sample("x12-004010-850", "letters-beyond-ascii"), endless), 1, AT);
        assertThat(new String(advice, UTF_8).split("word", -1))
                .as("nothing is lost in X12")
                .hasSize(201);
    }

    @Test
    void breaksLinesBetweenWordsAndWordsThatAreLongerThanALine() {
        assertThat(AdviceWriter.lines("one two three", 7)).containsExactly("one two", "three");
        assertThat(AdviceWriter.lines("abcdefghij k", 4)).containsExactly("abcd", "efgh", "ij k");
        assertThat(AdviceWriter.lines("", 4)).containsExactly("-");
        assertThat(AdviceWriter.lines("ab\uD83D\uDE00cd", 3))
                .as("no character is cut in half")
                .containsExactly("ab", "\uD83D\uDE00c", "d");
    }

    @Test
    void refusesNothingWithoutAReason() {
        String sample = EdiFixture.sample("x12-004010-850", "letters-beyond-ascii");
        assertThatThrownBy(() -> advice(sample, Subject.ORDER, "PO-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reason");
    }

    private static ApplicationAdvice order(String sample, Reason... reasons) {
        return advice(sample, Subject.ORDER, "PO-1", reasons);
    }

    private static ApplicationAdvice advice(String sample, Subject subject, String number, Reason... reasons) {
        Interchange interchange = EdiFixture.read(sample).interchanges().get(0);
        FunctionalGroup group = interchange.groups().get(0);
        return new ApplicationAdvice(
                interchange, 0, group, group.transactionSets().get(0), subject, number, List.of(reasons));
    }

    /** By our guide and by StAEDI. */
    private static void readsClean(byte[] written, String guide) {
        Reading reading = EdiFixture.PARSER.parse(written);
        assertThat(EdiFixture.errors(reading)).isEmpty();
        assertThat(EdiFixture.firstSet(reading).guide()).isEqualTo(new GuideId(guide));
        Charset charset = guide.startsWith("x12") ? UTF_8 : ISO_8859_1;
        // StAEDI's own list for UNB 0007 has no ZZ.
        String conformant = new String(written, charset).replace("LONJA:ZZ+", "LONJA:ZZZ+");
        assertThat(new SecondOpinion(SCHEMAS).errors(conformant.getBytes(charset)))
                .isEmpty();
    }
}
