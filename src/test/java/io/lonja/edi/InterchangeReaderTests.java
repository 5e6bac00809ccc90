package io.lonja.edi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.edi.InterchangeRead.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class InterchangeReaderTests {

    private static final EntryType RECEIVED = EntryType.evidence("interchange-received");
    private static final EntryType NOISE = EntryType.fact("noise");
    private static final String PARTNER = "hotel-miramar";

    private boolean answersDuplicates = true;
    private final Workbench hub;

    InterchangeReaderTests(TestDatabase.Vendor vendor) {
        this.hub = new Workbench(vendor.fresh(), "edi")
                .with("held", HeldDocuments.class, () -> (receipt, controlNumber) -> false)
                .with(
                        "agreements",
                        ReadingAgreements.class,
                        () -> partner -> new ReadingAgreements.Terms(
                                Map.of(Standard.X12, Set.of(new WireParty("ZZ", "HOTELMIRAMAR"))),
                                answersDuplicates,
                                false,
                                FunctionalAcknowledgment.BY_997,
                                Set.of(),
                                false,
                                StandardCharsets.UTF_8,
                                Set.of(),
                                Set.of(),
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
    void readsAReceiptOnceAndOwesIts997() {
        EntryId receipt = receive(order(101));
        assertThat(answers(read(receipt))).containsExactly("997 1 ");
        long size = hub.get(Archive.class).size();
        assertThat(read(receipt).owed()).isEmpty();
        assertThat(hub.get(Archive.class).size()).isEqualTo(size);
        assertThat(decisions(receipt)).containsExactly(Decision.NEW);
    }

    /** As where the heap is so small that three times the payload does not fit in it. */
    @Test
    void leavesWhatDoesNotFitInMemoryAsItIsAndSaysWhichHeapItNeeds() {
        EntryId receipt = receive(order(101));
        long bytes = hub.get(Archive.class).entry(receipt).payloadLength();
        long size = hub.get(Archive.class).size();
        assertThatThrownBy(() -> reader(bytes - 1).read(receipt))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Receipt %s of %s has %,d bytes".formatted(receipt, PARTNER, bytes))
                .hasMessageContaining("it is kept and is read when the hub is started with -Xmx1m or more");
        assertThat(hub.get(Archive.class).size()).isEqualTo(size);
        assertThat(hub.get(InterchangeReader.class).outcome(receipt)).isEmpty();
        assertThat(answers(reader(bytes).read(receipt))).containsExactly("997 1 ");
    }

    /** The same bytes from two partners, of whom one agreed on an overlay that wants a currency. */
    @Test
    void judgesWhatAPartnerSendsByTheOverlayAgreedWithItAndEverybodyElsesByItsBase(@TempDir Path schemas) {
        InterchangeParser parser = InterchangeParser.with(Guides.load(OverlayFixture.installed(schemas)));
        WireParty name = new WireParty("ZZ", "HOTELMIRAMAR");
        InterchangeReader reader = new InterchangeReader(
                hub.get(Archive.class),
                hub.get(Appliers.class),
                parser,
                hub.get(AcknowledgmentWriter.class),
                partner -> new ReadingAgreements.Terms(
                        Map.of(Standard.X12, Set.of(name)),
                        answersDuplicates,
                        false,
                        FunctionalAcknowledgment.BY_997,
                        Set.of(partner.equals("acme") ? OverlayFixture.ACME : OverlayFixture.BASE),
                        false,
                        StandardCharsets.UTF_8,
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        null,
                        false),
                hub.get(InterchangeIndex.class),
                hub.get(HeldDocuments.class),
                hub.get(ControlNumbers.class),
                hub.clock,
                Long.MAX_VALUE);
        EntryId usual = receive(order(101));
        EntryId agreed = hub.get(Archive.class)
                .append(Draft.of(RECEIVED, Map.of("partner", "acme"), order(102).getBytes(StandardCharsets.ISO_8859_1)))
                .id();
        reader.read(usual);
        reader.read(agreed);
        assertThat(sets(usual)).allMatch(set -> set.guide().equals(OverlayFixture.BASE.value()) && set.accepted());
        assertThat(sets(agreed)).allMatch(set -> set.guide().equals(OverlayFixture.ACME.value()) && !set.accepted());
        assertThat(sets(agreed).get(0).faults())
                .isNotEmpty()
                .allMatch(fault -> fault.message().endsWith("So it is agreed in x12-004010-850-acme."));
    }

    private List<InterchangeRead.Judged> sets(EntryId receipt) {
        return outcome(receipt).interchanges().get(0).transactionSets();
    }

    private InterchangeReader reader(long payloadBytesMax) {
        return new InterchangeReader(
                hub.get(Archive.class),
                hub.get(Appliers.class),
                hub.get(InterchangeParser.class),
                hub.get(AcknowledgmentWriter.class),
                hub.get(ReadingAgreements.class),
                hub.get(InterchangeIndex.class),
                hub.get(HeldDocuments.class),
                hub.get(ControlNumbers.class),
                hub.clock,
                payloadBytesMax);
    }

    @Test
    void tellsThatAnInterchangeCameBefore() {
        EntryId first = receive(order(101));
        read(first);
        EntryId second = receive(order(101));
        assertThat(answers(read(second))).containsExactly("TA1 2 025");
        assertThat(decisions(second)).containsExactly(Decision.DUPLICATE);
        assertThat(outcome(second).interchanges().get(0).first()).isEqualTo(first.sequence());
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void meetsARepeatWithSilenceWhereThatWasAgreed() {
        answersDuplicates = false;
        read(receive(order(101)));
        EntryId second = receive(order(101));
        assertThat(read(second).owed()).isEmpty();
        assertThat(decisions(second)).containsExactly(Decision.DUPLICATE);
    }

    @Test
    void holdsOtherContentUnderANumberThatCountedAndOpensOneAlarm() {
        read(receive(order(101)));
        EntryId second = receive(order(101).replace("HM-1001", "HM-1002"));
        assertThat(answers(read(second))).containsExactly("TA1 2 025");
        read(second);
        assertThat(decisions(second)).containsExactly(Decision.CONFLICT);
        assertThat(hub.openCauses()).containsExactly("interchange-conflict:%s:0".formatted(second));
    }

    @Test
    void letsACorrectedInterchangeTakeTheNumberOfARefusedOne() {
        EntryId faulty = receive(order(101).replace("HM-1001", ""));
        assertThat(answers(read(faulty))).containsExactly("997 1 ");
        assertThat(decisions(faulty)).containsExactly(Decision.REFUSED);
        EntryId cut = receive(order(101).replaceAll("(?s)GE\\*.*", ""));
        read(cut);
        assertThat(decisions(cut)).containsExactly(Decision.REFUSED);
        EntryId corrected = receive(order(101));
        read(corrected);
        assertThat(decisions(corrected)).containsExactly(Decision.NEW);
    }

    @Test
    void decidesSeveralInterchangesOfOnePayloadInTheirOrder() {
        EntryId receipt = receive(order(101) + order(102) + order(101));
        InterchangeReader.Answered answered = read(receipt);
        assertThat(decisions(receipt)).containsExactly(Decision.NEW, Decision.NEW, Decision.DUPLICATE);
        assertThat(answers(answered)).containsExactly("997 1 ", "997 2 ", "TA1 3 025");
        assertThat(outcome(receipt).interchanges().get(2).first()).isEqualTo(receipt.sequence());
    }

    @Test
    void refusesAnEnvelopeInTheNameOfSomebodyElse() {
        EntryId receipt = receive(order(101).replace("*ZZ*HOTELMIRAMAR   ", "*ZZ*SOMEBODYELSE   "));
        assertThat(answers(read(receipt))).singleElement().asString().startsWith("TA1 1 ");
        assertThat(decisions(receipt)).containsExactly(Decision.REFUSED);
        assertThat(outcome(receipt).interchanges().get(0).faults())
                .extracting(InterchangeRead.Fault::code)
                .containsExactly("sender-not-agreed");
    }

    @Test
    void keepsWhatIsNoInterchangeAndAnswersNobody() {
        EntryId receipt = receive("Dear Sir or Madam");
        assertThat(read(receipt).owed()).isEmpty();
        assertThat(outcome(receipt).interchanges()).isEmpty();
        assertThat(outcome(receipt).faults()).isNotEmpty();
    }

    @Test
    void readsNothingThatNoPartnerSent() {
        EntryId noise = hub.get(Archive.class)
                .append(Draft.of(NOISE, Map.of(), new byte[] {1}))
                .id();
        assertThatThrownBy(() -> read(noise)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverGivesAControlNumberTwiceAfterARestartOrARebuild() {
        assertThat(answers(read(receive(order(101))))).containsExactly("997 1 ");
        hub.start();
        assertThat(answers(read(receive(order(102))))).containsExactly("997 2 ");
        hub.rebuild();
        assertThat(answers(read(receive(order(103))))).containsExactly("997 3 ");
    }

    @Test
    void remembersWhatCountedAfterARebuild() {
        read(receive(order(101)));
        hub.rebuild();
        EntryId again = receive(order(101));
        read(again);
        assertThat(decisions(again)).containsExactly(Decision.DUPLICATE);
    }

    @Test
    void countsTheAnswersOfEveryPairOfNamesForItself() {
        assertThat(answers(read(receive(order(101))))).containsExactly("997 1 ");
        assertThat(answers(read(receive(order(102))))).containsExactly("997 2 ");
        String elsewhere = order(103).replace("*ZZ*VALLEFOODS     ", "*ZZ*NORDMAR        ");
        assertThat(answers(read(receive(elsewhere)))).containsExactly("997 1 ");
        assertThat(answers(read(receive(order(104))))).containsExactly("997 3 ");
    }

    private EntryId receive(String content) {
        return hub.get(Archive.class)
                .append(Draft.of(RECEIVED, Map.of("partner", PARTNER), content.getBytes(StandardCharsets.ISO_8859_1)))
                .id();
    }

    private InterchangeReader.Answered read(EntryId receipt) {
        return hub.get(InterchangeReader.class).read(receipt);
    }

    private InterchangeRead outcome(EntryId receipt) {
        return hub.get(InterchangeReader.class).outcome(receipt).orElseThrow();
    }

    private List<Decision> decisions(EntryId receipt) {
        return outcome(receipt).interchanges().stream()
                .map(InterchangeRead.Decided::decision)
                .toList();
    }

    /** Kind, control number and note code of what is owed: {@code TA1 2 025}. */
    private List<String> answers(InterchangeReader.Answered answered) {
        return answered.owed().stream()
                .map(id -> SentAcknowledgment.of(hub.get(Archive.class).entry(id)))
                .map(sent -> "%s %d %s".formatted(sent.as(), sent.controlNumber(), sent.noteCode()))
                .toList();
    }

    private static String order(int controlNumber) {
        try {
            return Files.readString(
                            Path.of("src/test/resources/acceptance/x12-850-order.edi"), StandardCharsets.ISO_8859_1)
                    .replace("000000101", "%09d".formatted(controlNumber));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
