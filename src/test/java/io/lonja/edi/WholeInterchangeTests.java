package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.edi.InterchangeRead.Decision;
import io.lonja.edi.InterchangeRead.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is refused, and what is told, where one refused transaction set refuses the interchange. */
@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class WholeInterchangeTests {

    private static final EntryType RECEIVED = EntryType.evidence("interchange-received");
    private static final String PARTNER = "posada-miramar";
    private static final GuideId ORDER = new GuideId("x12-004010-850");
    private static final GuideId ORDERS = new GuideId("edifact-d96a-orders");
    private static final String X12 = EdiFixture.sample("x12-004010-850", "one-good-one-bad");
    private static final String EDIFACT = EdiFixture.sample("edifact-d96a-orders", "one-good-one-bad");

    private Set<GuideId> whole = Set.of(ORDER, ORDERS);
    private final Workbench hub;

    WholeInterchangeTests(TestDatabase.Vendor vendor) {
        this.hub = new Workbench(vendor.fresh(), "edi")
                .with("held", HeldDocuments.class, () -> (receipt, controlNumber) -> false)
                .with(
                        "agreements",
                        ReadingAgreements.class,
                        () -> partner -> new ReadingAgreements.Terms(
                                Map.of(Standard.X12, senders(X12), Standard.EDIFACT, senders(EDIFACT)),
                                true,
                                false,
                                FunctionalAcknowledgment.BY_997,
                                Set.of(),
                                false,
                                StandardCharsets.UTF_8,
                                Set.of(),
                                Set.of(ORDERS),
                                whole,
                                null,
                                false))
                .start();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void refusesTheGoodSetWithTheBadOneAndSaysSoInThe997() {
        EntryId receipt = receive(X12);
        assertThat(answer(receipt))
                .contains("AK2*850*0001~AK5*R~", "AK2*850*0002~AK3*", "AK5*R*5~AK9*R*2*2*0~")
                .doesNotContain("AK5*A", "AK5*E");
        InterchangeRead.Decided decided = decided(receipt);
        assertThat(decided.decision()).isEqualTo(Decision.REFUSED);
        assertThat(decided.transactionSets())
                .extracting(InterchangeRead.Judged::verdict)
                .containsOnly(Result.REFUSED);
        assertThat(decided.transactionSets().get(0).faults())
                .extracting(InterchangeRead.Fault::code)
                .containsExactly("set-aside");
        assertThat(decided.transactionSets().get(1).faults())
                .extracting(InterchangeRead.Fault::code)
                .doesNotContain("set-aside");
    }

    @Test
    void refusesTheInterchangeInTheContrlAndNamesOnlyWhatIsAtFault() {
        EntryId receipt = receive(EDIFACT);
        assertThat(answer(receipt)).containsPattern("UCI\\+[^']*\\+4'UCM\\+2\\+ORDERS:D:96A:UN[^']*\\+4'UCS");
        assertThat(answer(receipt)).doesNotContain("UCM+1+");
        assertThat(decided(receipt).decision()).isEqualTo(Decision.REFUSED);
    }

    @Test
    void lets997sBesideTheDocumentsStand() {
        String said = EdiFixture.sample("x12-004010-997", "all-accepted");
        String group = said.substring(said.indexOf("GS*"), said.indexOf("IEA*"));
        EntryId receipt = receive(X12.replace("IEA*1*", group + "IEA*2*"));
        assertThat(answer(receipt)).contains("AK9*R*2*2*0~");
        assertThat(decided(receipt).transactionSets())
                .extracting(InterchangeRead.Judged::type, InterchangeRead.Judged::accepted)
                .containsExactly(tuple("850", false), tuple("850", false), tuple("997", true));
    }

    @Test
    void takesTheCorrectedInterchangeUnderTheSameNumber() {
        receive(X12);
        assertThat(decided(receive(withoutTheBadSet())).decision()).isEqualTo(Decision.NEW);
    }

    @Test
    void refusesNothingElseWhereThatIsNotAgreed() {
        whole = Set.of();
        EntryId receipt = receive(X12);
        assertThat(answer(receipt)).contains("AK2*850*0001~AK5*A~", "AK9*P*2*2*1~");
        assertThat(decided(receipt).decision()).isEqualTo(Decision.NEW);
        assertThat(answer(receive(EDIFACT))).contains("+7'UCM+1+").contains("+7'UCM+2+");
    }

    @Test
    void saysTheSameAfterARebuild() {
        EntryId receipt = receive(X12);
        InterchangeRead.Decided before = decided(receipt);
        hub.rebuild();
        assertThat(decided(receipt)).isEqualTo(before);
        assertThat(decided(receive(withoutTheBadSet())).decision()).isEqualTo(Decision.NEW);
    }

    private static String withoutTheBadSet() {
        int from = X12.indexOf("ST*850*0002");
        return (X12.substring(0, from) + X12.substring(X12.indexOf("GE*"))).replace("GE*2*", "GE*1*");
    }

    private static Set<WireParty> senders(String sample) {
        return EdiFixture.read(sample).interchanges().stream()
                .map(interchange -> interchange.envelope().sender())
                .collect(Collectors.toSet());
    }

    private EntryId receive(String content) {
        EntryId receipt = hub.get(Archive.class)
                .append(Draft.of(RECEIVED, Map.of("partner", PARTNER), content.getBytes(ISO_8859_1)))
                .id();
        hub.get(InterchangeReader.class).read(receipt);
        return receipt;
    }

    private InterchangeRead.Decided decided(EntryId receipt) {
        return hub.get(InterchangeReader.class)
                .outcome(receipt)
                .orElseThrow()
                .interchanges()
                .get(0);
    }

    /** The text of the one acknowledgment of this receipt. */
    private String answer(EntryId receipt) {
        List<String> answers = hub.archived(SentAcknowledgment.TYPE).stream()
                .filter(entry -> SentAcknowledgment.of(entry).receipt() == receipt.sequence())
                .map(entry -> new String(hub.get(Archive.class).payload(entry.id()), ISO_8859_1))
                .toList();
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }
}
