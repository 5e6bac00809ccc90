package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.edi.InterchangeRead.Decision;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** When a sender of EDIFACT is answered, and when there is silence. */
@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class ContrlTests {

    private static final EntryType RECEIVED = EntryType.evidence("interchange-received");
    private static final String PARTNER = "hotel-miramar";
    private static final Set<GuideId> ORDERS = Set.of(new GuideId("edifact-d96a-orders"));
    private static final String ASKING = "++++1";

    private boolean answersDuplicates = true;
    private Set<GuideId> silent = Set.of();
    private Set<GuideId> answered = Set.of();
    private final Workbench hub;

    ContrlTests(TestDatabase.Vendor vendor) {
        this.hub = new Workbench(vendor.fresh(), "edi")
                .with("held", HeldDocuments.class, () -> (receipt, controlNumber) -> false)
                .with(
                        "agreements",
                        ReadingAgreements.class,
                        () -> partner -> new ReadingAgreements.Terms(
                                Map.of(Standard.EDIFACT, Set.of(new WireParty("14", "8412345100010"))),
                                answersDuplicates,
                                false,
                                FunctionalAcknowledgment.BY_997,
                                Set.of(),
                                false,
                                StandardCharsets.UTF_8,
                                silent,
                                answered,
                                Set.of(),
                                null,
                                false))
                .start();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void answersWhereTheEnvelopeAsksForIt() {
        assertThat(answers(order(101, ASKING)))
                .singleElement()
                .satisfies(
                        contrl -> assertThat(contrl)
                                .startsWith("CONTRL 1 : UNA:+.? 'UNB+UNOC:3+LONJA:ZZ+8412345100010:14+")
                                .endsWith(
                                        "+1'UNH+1+CONTRL:D:3:UN'UCI+101+8412345100010:14+LONJA:ZZ+7'UCM+1+ORDERS:D:96A:UN:EAN008+7'UNT+4+1'UNZ+1+1'"));
        assertThat(answers(order(102, ""))).isEmpty();
    }

    @Test
    void answersWhereAnAgreementSaysSoAndNumbersItsAnswers() {
        answered = ORDERS;
        assertThat(answers(order(101, ""))).singleElement().asString().startsWith("CONTRL 1 ");
        assertThat(answers(order(102, ""))).singleElement().asString().startsWith("CONTRL 2 ");
        hub.rebuild();
        assertThat(answers(order(103, ""))).singleElement().asString().startsWith("CONTRL 3 ");
    }

    @Test
    void keepsSilentWhereAnAgreementSaysSoButNotOfARefusedMessage() {
        silent = ORDERS;
        assertThat(answers(order(101, ASKING))).isEmpty();
        assertThat(answers(order(102, "").replace("QTY+21:24", "QTY+21:two")))
                .singleElement()
                .satisfies(
                        contrl -> assertThat(contrl)
                                .contains(
                                        "UCI+102+8412345100010:14+LONJA:ZZ+7'UCM+1+ORDERS:D:96A:UN:EAN008+4'UCS+11'UCD+37+2:2'"));
    }

    @Test
    void alwaysAnswersARefusedInterchange() {
        silent = ORDERS;
        assertThat(answers(order(101, "").replace("UNZ+1", "UNZ+3")))
                .singleElement()
                .asString()
                .startsWith("CONTRL 1 29: ")
                .contains("UCI+101+8412345100010:14+LONJA:ZZ+4+29+UNZ+2'");
        assertThat(answers(order(102, "").replace("8412345100010:14", "8400000000000:14")))
                .singleElement()
                .asString()
                .contains("UCI+102+8400000000000:14+LONJA:ZZ+4+23+UNB+3'");
    }

    @Test
    void saysByThePolicyThatAnInterchangeCameBefore() {
        assertThat(answers(order(101, ""))).isEmpty();
        assertThat(answers(order(101, "")))
                .singleElement()
                .asString()
                .startsWith("CONTRL 1 26: ")
                .contains("+4+26'");
        answersDuplicates = false;
        EntryId third = receive(order(101, ASKING));
        assertThat(hub.get(InterchangeReader.class).read(third).owed()).isEmpty();
        assertThat(hub.get(InterchangeReader.class).outcome(third).orElseThrow().interchanges())
                .extracting(InterchangeRead.Decided::decision)
                .containsExactly(Decision.CONFLICT);
    }

    @Test
    void neverAnswersAnAnswer() {
        String contrl = EdiFixture.sample("edifact-d3-contrl", "accepts-an-order")
                .replace("8412345200017:14+LONJA", "8412345100010:14+LONJA");
        answered = Set.of(new GuideId("edifact-d3-contrl"));
        assertThat(answers(contrl.replace("0815+1'", "0815+1++++1'"))).isEmpty();
        assertThat(answers(contrl.replace("UNZ+1", "UNZ+7"))).isEmpty();
        assertThat(answers(contrl.replace("+7'UCM", "+9'UCM").replace("0815+1'", "0815+2'")))
                .isEmpty();
    }

    private static String order(int reference, String tail) {
        return EdiFixture.sample("edifact-d96a-orders", "single-line")
                .replace("0815+107", "0815+" + reference + tail)
                .replace("UNZ+1+107", "UNZ+1+" + reference);
    }

    private EntryId receive(String content) {
        return hub.get(Archive.class)
                .append(Draft.of(RECEIVED, Map.of("partner", PARTNER), content.getBytes(ISO_8859_1)))
                .id();
    }

    /** Kind, control number, note code and text of what is owed for this. */
    private List<String> answers(String content) {
        Archive archive = hub.get(Archive.class);
        return hub.get(InterchangeReader.class).read(receive(content)).owed().stream()
                .map(id -> {
                    SentAcknowledgment sent = SentAcknowledgment.of(archive.entry(id));
                    return "%s %d %s: %s"
                            .formatted(
                                    sent.as(),
                                    sent.controlNumber(),
                                    sent.noteCode(),
                                    new String(archive.payload(id), ISO_8859_1));
                })
                .toList();
    }
}
