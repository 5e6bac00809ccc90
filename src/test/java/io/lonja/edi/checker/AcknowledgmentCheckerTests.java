package io.lonja.edi.checker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A judge that never complains would be worth nothing: each rule is shown an answer that breaks it. */
class AcknowledgmentCheckerTests {

    private static final String ORDERS = "x12-004010-850/samples/one-good-one-bad";
    private static final String REFUSED = "x12-004010-810/samples/trailer-of-another-interchange";
    private static final String MESSAGES = "edifact-d96a-orders/samples/one-good-one-bad";
    private static final String GROUP = "edifact-d96a-orders/samples/group-in-syntax-four";

    @Test
    void knowsNothingOfTheProduct() {
        classes()
                .that()
                .haveSimpleNameNotEndingWith("Tests")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.lonja.edi.checker")
                .check(new ClassFileImporter().importPackages("io.lonja.edi.checker"));
    }

    @ParameterizedTest
    @CsvSource({ORDERS, REFUSED, MESSAGES, GROUP})
    void doesNotComplainOfARightAnswer(String sample) {
        assertThat(complaints(sample, answer(sample))).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "IEA*1* IEA*2*",
                "IEA*1*000000001 IEA*1*000000002",
                "GE*1*1 GE*2*1",
                "GE*1*1 GE*1*2",
                "SE*19*0001 SE*18*0001",
                "SE*19*0001 SE*19*0002",
                "*00401* *00501*",
                "*0*P* *1*P*",
                "*0*P* *0*T*",
                "*ZZ*LONJAHUB *ZZ*LONJAHUT",
                "*ZZ*POSADAMIRAMAR *14*POSADAMIRAMAR",
                "GS*FA*LONJAHUB GS*FA*OTHER",
                "*004010~ST *005010~ST",
                "AK1*PO*203 AK1*PO*204",
                "AK1*PO*203 AK1*IN*203",
                "AK2*850*0001 AK2*855*0001",
                "AK2*850*0002 AK2*850*0003",
                "AK5*A~ AK5*R~",
                "AK5*A~ AK5*A*4~",
                "AK3*BEG*2**8 AK3*BEG*3**8",
                "AK3*N1*3**8 AK3*N2*3**8",
                "AK3*QQQ*5**6 AK3*QQQ*55**6",
                "AK3*QQQ*5**6 AK3*QQQ*5**9",
                "AK4*3*324*5*PM-26 AK4*3*324*5*PM-27",
                "AK4*3*355*5*CASE AK4*3*355*5*CAS",
                "AK4*3*355*5*CASE AK4*3*355*1*CASE",
                "AK4*2*93*2~ AK4*2*93*5~",
                "AK4*2*93*2~ AK4*2*93*11~",
                "AK5*R*5 AK5*R*5*4",
                "AK5*R*5 AK5*R",
                "AK5*R*5 AK5*X*5",
                "AK9*P*2*2*1 AK9*A*2*2*1",
                "AK9*P*2*2*1 AK9*P*3*2*1",
                "AK9*P*2*2*1 AK9*P*2*3*1",
                "AK9*P*2*2*1 AK9*P*2*2*2",
                "AK9*P*2*2*1 AK9*P*2*2*1*5"
            })
    void complainsOfA997ThatIsNotSo(String right, String wrong) {
        assertThat(complaints(ORDERS, replaced(ORDERS, right, wrong))).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "TA1*000000604 TA1*000000605",
                "*260114*0815*R *260115*0815*R",
                "*260114*0815*R *260114*0816*R",
                "*R*001 *A*001",
                "*R*001 *R*021",
                "*R*001 *R*099",
                "*R*001 *A*000",
                "IEA*0 IEA*1"
            })
    void complainsOfATa1ThatIsNotSo(String right, String wrong) {
        assertThat(complaints(REFUSED, replaced(REFUSED, right, wrong))).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '"',
            value = {
                "UNZ+1+1 UNZ+2+1",
                "UNZ+1+1 UNZ+1+2",
                "UNT+8+1 UNT+9+1",
                "UNT+8+1 UNT+8+2",
                "UNOC:3 UNOC:4",
                "UNB+UNOC:3+LONJA:ZZ UNB+UNOC:3+LONJA:14",
                "+8412345100010:14+260115 +8412345100011:14+260115",
                "CONTRL:D:3:UN CONTRL:4:1:UN",
                "UCI+118 UCI+119",
                "UCI+118+8412345100010:14+LONJA:ZZ UCI+118+LONJA:ZZ+8412345100010:14",
                "LONJA:ZZ+7' LONJA:ZZ+4'",
                "LONJA:ZZ+7' LONJA:ZZ+7+29'",
                "UCM+1+ORDERS UCM+3+ORDERS",
                "UCM+1+ORDERS UCM+1+INVOIC",
                "UCM+1+ORDERS:D:96A:UN:EAN008+7 UCM+1+ORDERS:D:96A:UN:EAN008+4",
                "UCM+2+ORDERS:D:96A:UN:EAN008+4 UCM+2+ORDERS:D:96A:UN:EAN008+7",
                "UCM+2+ORDERS:D:96A:UN:EAN008+4 UCM+2+ORDERS:D:96A:UN:EAN008+4+29+UNT",
                "UCS+5+15 UCS+18+15",
                "UCS+12 UCS+4",
                "UCD+37+2:2 UCD+13+2:2",
                "UCD+37+2:2 UCD+37+1:2",
                "UCD+37+2:2 UCD+37+9:2"
            })
    void complainsOfAContrlThatIsNotSo(String right, String wrong) {
        assertThat(complaints(MESSAGES, replaced(MESSAGES, right, wrong))).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '"',
            value = {
                "UCF+9 UCF+8",
                "+KITCHEN+SALES+7 +SALES+KITCHEN+7",
                "+KITCHEN+SALES+7 +KITCHEN+SALES+4",
                "CONTRL:4:1:UN CONTRL:D:3:UN",
                "++1'UNH ++'UNH"
            })
    void complainsOfAContrlInSyntaxFourThatIsNotSo(String right, String wrong) {
        assertThat(complaints(GROUP, replaced(GROUP, right, wrong))).isNotEmpty();
    }

    /** A group of a version that has the 999, whose one set has a fault in the third element of its second segment. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "ST*999*0001*005010X231A1 ST*999*0001",
                "X*005010X231A1~ST X*005010~ST",
                "IK3*BEG*2**8 AK3*BEG*2**8",
                "IK3*BEG*2**8 IK3*BEG*2**5*8",
                "IK3*BEG*2**8 IK3*BEG*2**5",
                "IK3*BEG*2**8 IK3*BEG*3**8",
                "IK4*3*324*5 IK4*3*324*1",
                "IK4*3*324*5 AK4*3*324*5",
                "TOO-LONG~IK5 TOO-SHORT~IK5",
                "IK5*R*5 IK5*A*5",
                "IK5*R*5 AK5*R*5",
                "AK9*R*1*1*0 AK9*A*1*1*1",
                "*00501* *00401*"
            })
    void complainsOfA999ThatIsNotSo(String right, String wrong) {
        byte[] received =
                "ISA*00*          *00*          *ZZ*HOTEL          *ZZ*LONJA          *260115*0930*^*00501*000000007*0*P*:~GS*PO*HOTEL*LONJA*20260115*0930*7*X*005010X222A1~ST*850*0001*005010X222A1~BEG*00*SA*AN-ORDER-NUMBER-THAT-IS-TOO-LONG**20260115~SE*3*0001~GE*1*7~IEA*1*000000007~"
                        .getBytes(ISO_8859_1);
        String answer =
                "ISA*00*          *00*          *ZZ*LONJA          *ZZ*HOTEL          *260115*0931*^*00501*000000042*0*P*:~GS*FA*LONJA*HOTEL*20260115*0931*42*X*005010X231A1~ST*999*0001*005010X231A1~AK1*PO*7*005010X222A1~AK2*850*0001*005010X222A1~IK3*BEG*2**8~IK4*3*324*5*AN-ORDER-NUMBER-THAT-IS-TOO-LONG~IK5*R*5~AK9*R*1*1*0~SE*8*0001~GE*1*42~IEA*1*000000042~";
        assertThat(complaints(received, answer)).isEmpty();
        String changed = answer.replace(right, wrong);
        assertThat(changed).isNotEqualTo(answer);
        assertThat(complaints(received, changed)).isNotEmpty();
    }

    /** The reader takes four letters for the level, and this is what it answers. */
    @Test
    void takesTheLevelFromBeforeAColonThatUnaDoesNotAnnounce() {
        byte[] received = "UNA!+.? 'UNB+UNOW:4+HOTEL!ZZ+LONJA!ZZ+260114!0815+7'UNH+1+ORDERS!D!96A!UN'UNT+2+1'UNZ+1+7'"
                .getBytes(ISO_8859_1);
        String answer =
                "UNA:+.? 'UNB+UNOW:3+LONJA:ZZ+HOTEL:ZZ+260115:0930+1'UNH+1+CONTRL:D:3:UN'UCI+7+HOTEL:ZZ+LONJA:ZZ+4+2+UNB+1'UNT+3+1'UNZ+1+1'";
        assertThat(complaints(received, answer)).isEmpty();
        assertThat(complaints(received, answer.replace("UNOW", "UNOC")))
                .containsExactly("UNB 0001 is UNOC and not UNOW");
    }

    private static String replaced(String sample, String right, String wrong) {
        String answer = answer(sample);
        assertThat(answer).contains(right);
        return answer.replace(right, wrong);
    }

    private static String answer(String sample) {
        return new String(bytes(sample + ".ack.edi"), ISO_8859_1);
    }

    private static List<String> complaints(String sample, String answer) {
        return complaints(bytes(sample + ".edi"), answer);
    }

    private static List<String> complaints(byte[] received, String answer) {
        return AcknowledgmentChecker.complaints(received, Separators.announced(received), answer.getBytes(ISO_8859_1));
    }

    private static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(Path.of("schemas", file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
