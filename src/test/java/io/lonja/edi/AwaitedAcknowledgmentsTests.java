package io.lonja.edi;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.alarm.Alarm;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class AwaitedAcknowledgmentsTests {

    private static final EntryType RECEIVED = EntryType.evidence("interchange-received");
    private static final String PARTNER = "hotel-miramar";
    private static final WireParty HUB = new WireParty("ZZ", "LONJA");
    private static final WireParty HOTEL = new WireParty("ZZ", "HOTELMIRAMAR");
    private static final Duration DAY = Duration.ofDays(1);

    private final Workbench hub;
    private int interchanges = 700;

    AwaitedAcknowledgmentsTests(TestDatabase.Vendor vendor) {
        this.hub = new Workbench(vendor.fresh(), "edi")
                .with("held", HeldDocuments.class, () -> (receipt, controlNumber) -> false)
                .with(
                        "agreements",
                        ReadingAgreements.class,
                        () -> partner -> new ReadingAgreements.Terms(
                                Map.of(Standard.X12, Set.of(HOTEL), Standard.EDIFACT, Set.of(HOTEL)),
                                true,
                                true,
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
    void awaitsWhatTheAgreementExpectsUntilItIsAccepted() {
        EntryId invoice = send("810", DAY);
        assertThat(state(invoice).status()).isEqualTo("expected");
        assertThat(state(invoice).expectedBy()).isEqualTo(hub.clock.instant().plus(DAY));
        EntryId receipt = receive(functional("IN", 1, "AK2*810*0001~AK5*A~AK9*A*1*1*1~"));
        assertThat(told(invoice)).isEqualTo("received accepted 997 " + receipt);
        assertThat(state(invoice).expectedBy()).isNull();
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void keepsQuietAboutWhatNobodyExpectsAndNobodySaid() {
        EntryId invoice = send("810", null);
        assertThat(hub.get(AwaitedAcknowledgments.class).of(List.of(invoice))).isEmpty();
        receive(functional("IN", 1, "AK9*E*1*1*1~"));
        assertThat(told(invoice)).startsWith("received accepted-with-errors 997 ");
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void listsByPartnerAndStatusInTheOrderOfSending() {
        EntryId accepted = send("810", DAY);
        EntryId silent = send("810", null);
        EntryId awaited = send("850", DAY);
        receive(functional("IN", 1, "AK2*810*0001~AK5*A~AK9*A*1*1*1~"));

        assertThat(listed(null, 0)).containsExactly(accepted, awaited).doesNotContain(silent);
        assertThat(listed("expected", 0)).containsExactly(awaited);
        assertThat(listed("received", 0)).containsExactly(accepted);
        assertThat(listed(null, accepted.sequence())).containsExactly(awaited);
        assertThat(hub.get(AwaitedAcknowledgments.class).list("somebody-else", null, 0, 10))
                .isEmpty();
        hub.clock.advance(DAY);
        hub.get(AwaitedAcknowledgments.class).lookAtTheClock(interchange -> false);
        assertThat(listed("overdue", 0)).containsExactly(awaited);
        assertThat(listed("expected", 0)).isEmpty();
    }

    private List<EntryId> listed(String status, long after) {
        return hub.get(AwaitedAcknowledgments.class).list("hotel-miramar", status, after, 10).stream()
                .map(AcknowledgmentState::interchange)
                .toList();
    }

    @Test
    void opensAnAlarmThatSaysWhatWasRejectedAndWhy() {
        EntryId invoice = send("810", DAY);
        EntryId receipt = receive(functional("IN", 1, "AK2*810*0001~AK3*N1*4**8~AK4*3*66*7~AK5*R*5~AK9*R*1*1*0~"));
        assertThat(told(invoice)).isEqualTo("received rejected 997 " + receipt);
        assertThat(alarm("acknowledgment-rejected:" + invoice))
                .startsWith(
                        "hotel-miramar rejected our 810 N-1, interchange 1 (delivery %s), by the 997 in receipt %s: "
                                .formatted(invoice, receipt))
                .contains(
                        "transaction set 0001, segment 4 N1, element 3, code 7 (invalid code value). The hub does not");
        receive(functional("IN", 1, "AK2*810*0001~AK5*A~AK9*A*1*1*1~"));
        assertThat(told(invoice)).startsWith("received accepted ");
        assertThat(hub.openCauses()).isEmpty();
    }

    /** As 997 of 004010 is: matched with what was sent, and answered by nothing. */
    @ParameterizedTest
    @CsvSource({"997, 005010, IK, AK", "999, 005010X231A1, AK, IK"})
    void takesTheAnswerOfALaterVersionForWhatItIs(String set, String version, String others, String own) {
        EntryId invoice = send("810", DAY);
        String notes = "AK2*810*0001~AK3*N1*4**8~AK4*3*66*7~AK5*R*5~AK9*R*1*1*0~"
                .replace("AK3", own + "3")
                .replace("AK4", own + "4")
                .replace("AK5", own + "5");
        EntryId receipt = receive(functional("IN", 1, notes)
                .replace("*U*00401*", "*^*00501*")
                .replace("X*004010~ST*997", "X*" + version + "~ST*" + set));
        assertThat(told(invoice)).isEqualTo("received rejected %s %s".formatted(set, receipt));
        assertThat(alarm("acknowledgment-rejected:" + invoice))
                .contains("by the %s in receipt %s: transaction set 0001, segment 4 N1, element 3, code 7"
                        .formatted(set, receipt));
        assertThat(hub.archived(SentAcknowledgment.TYPE)).isEmpty();
        EntryId strange = receive(functional("IN", 1, notes.replace(own + "5", others + "5"))
                .replace("X*004010~ST*997", "X*" + version + "~ST*" + set));
        assertThat(hub.openCauses()).contains("acknowledgment-unreadable:%s:0".formatted(strange));
    }

    @Test
    void takesAPartForAllWhereThereIsOneTransactionSet() {
        EntryId invoice = send("810", DAY);
        receive(functional("IN", 1, "AK2*810*0001~AK5*R*4~AK9*P*1*1*0~"));
        assertThat(told(invoice)).startsWith("received rejected ");
        EntryId order = send("850", DAY);
        receive(functional("PO", 2, "AK9*P*1*1*0~"));
        assertThat(told(order)).startsWith("received partly-accepted ");
        assertThat(alarm("acknowledgment-rejected:" + order)).contains("accepted only a part of our 850");
    }

    @Test
    void findsNothingForANumberAGroupOrASetThatWasNotSent() {
        EntryId invoice = send("810", DAY);
        receive(functional("IN", 9, "AK9*R*1*1*0~"));
        receive(functional("PO", 1, "AK9*R*1*1*0~"));
        receive(functional("IN", 1, "AK2*810*0002~AK5*R~AK9*R*1*1*0~"));
        receive(x12("TA1*000000044*261121*1000*R*018~", 0));
        assertThat(told(invoice)).isEqualTo("expected null null null");
        assertThat(hub.openCauses())
                .containsExactlyInAnyOrder(
                        "acknowledgment-unmatched:hotel-miramar:997 about group IN 9",
                        "acknowledgment-unmatched:hotel-miramar:997 about group PO 1",
                        "acknowledgment-unmatched:hotel-miramar:997 about group IN 1",
                        "acknowledgment-unmatched:hotel-miramar:TA1 about interchange 000000044");
        assertThat(alarm("acknowledgment-unmatched:hotel-miramar:997 about group IN 1"))
                .contains("but our 810 N-1, interchange 1 (delivery %s) has no transaction set 810 0002"
                        .formatted(invoice));
    }

    @Test
    void saysThatAnAcknowledgmentCannotBeRead() {
        EntryId invoice = send("810", DAY);
        EntryId receipt = receive(functional("IN", 1, "AK2*810*0001~AK9*A*1*1*1~"));
        EntryId cut = deliver(functional("IN", 1, "AK9*A*1*1*1~").replaceAll("IEA.*", ""));
        hub.get(InterchangeReader.class).read(cut);
        assertThat(told(invoice)).isEqualTo("expected null null null");
        assertThat(hub.openCauses())
                .containsExactlyInAnyOrder(
                        "acknowledgment-unreadable:%s:0".formatted(receipt),
                        "acknowledgment-unreadable:%s:0".formatted(cut));
    }

    @Test
    void opensOneAlarmWhenTheTimeIsOverWhichTheAcknowledgmentCloses() {
        EntryId invoice = send("810", DAY);
        hub.clock.advance(DAY.minusSeconds(1));
        look(false);
        assertThat(hub.openCauses()).isEmpty();
        receive(x12("TA1*000000001*261121*1000*A*000~", 0));
        assertThat(told(invoice)).startsWith("expected received TA1 ");
        hub.clock.advance(Duration.ofSeconds(1));
        look(false);
        look(false);
        assertThat(hub.archived(AcknowledgmentDeadline.TYPE)).hasSize(1);
        assertThat(told(invoice)).startsWith("overdue received TA1 ");
        assertThat(alarm("acknowledgment-overdue:" + invoice))
                .startsWith("hotel-miramar has not acknowledged our 810 N-1, interchange 1");
        receive(functional("IN", 1, "AK9*A*1*1*1~"));
        assertThat(told(invoice)).startsWith("received accepted 997 ");
        assertThat(hub.openCauses()).isEmpty();
        look(false);
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void awaitsNothingForWhatNeverReachedThePartner() {
        EntryId invoice = send("810", DAY);
        hub.clock.advance(DAY);
        look(true);
        look(false);
        assertThat(hub.get(AwaitedAcknowledgments.class).of(List.of(invoice))).isEmpty();
        assertThat(hub.openCauses()).isEmpty();
        assertThat(hub.archived(AcknowledgmentDeadline.TYPE)).hasSize(1);
    }

    @Test
    void letsATa1RejectWhatA997AcceptedButNotForComingTwice() {
        EntryId invoice = send("810", DAY);
        receive(functional("IN", 1, "AK9*A*1*1*1~"));
        receive(x12("TA1*000000001*261121*1000*R*025~", 0));
        assertThat(told(invoice)).startsWith("received accepted 997 ");
        receive(x12("TA1*000000001*261121*1000*R*018~", 0));
        assertThat(told(invoice)).startsWith("received rejected TA1 ");
        assertThat(alarm("acknowledgment-rejected:" + invoice))
                .contains("the interchange, code 018 (control number invalid)");
    }

    @Test
    void readsAContrlByTheReferencesOfInterchangeAndMessage() {
        EntryId order = send("ORDERS", DAY);
        receive(contrl("UCI+1+LONJA:ZZ+HOTELMIRAMAR:ZZ+8'", 0));
        assertThat(told(order)).startsWith("expected received CONTRL ");
        receive(contrl("UCI+1+LONJA:ZZ+HOTELMIRAMAR:ZZ+7'UCM+1+ORDERS:D:96A:UN+4'UCS+4'UCD+39+2:1'", 0));
        assertThat(told(order)).startsWith("received rejected CONTRL ");
        assertThat(alarm("acknowledgment-rejected:" + order))
                .contains("message 1, segment 4, element 1-1, code 39 (element too long)");
        receive(contrl("UCI+1+LONJA:ZZ+HOTELMIRAMAR:ZZ+7'UCM+1+ORDERS:D:96A:UN+7'", 0));
        assertThat(told(order)).startsWith("received accepted CONTRL ");
        receive(contrl("UCI+01+LONJA:ZZ+HOTELMIRAMAR:ZZ+4'", 0));
        assertThat(hub.openCauses())
                .containsExactly("acknowledgment-unmatched:hotel-miramar:CONTRL about interchange 01");
    }

    @Test
    void neverAcknowledgesAnAcknowledgment() {
        send("810", DAY);
        send("ORDERS", DAY);
        receive(x12("TA1*000000001*261121*1000*A*000~", 1));
        receive(x12("TA1*000000001*261121*1000*A*000~", 1).replace("IEA*0", "IEA*3"));
        receive(functional("IN", 1, "AK9*A*1*1*1~").replace("*0*P*", "*1*P*"));
        receive(functional("IN", 1, "AK2*810*0001~AK9*A*1*1*1~"));
        receive(functional("IN", 9, "AK9*A*1*1*1~"));
        receive(contrl("UCI+1+LONJA:ZZ+HOTELMIRAMAR:ZZ+7'", 1));
        receive(contrl("UCI+1+LONJA:ZZ+HOTELMIRAMAR:ZZ+5'", 1));
        receive(contrl("UCI+1+LONJA:ZZ+HOTELMIRAMAR:ZZ+7'", 1).replaceAll("UNZ.*", ""));
        assertThat(hub.archived(SentAcknowledgment.TYPE)).isEmpty();
        assertThat(hub.archived(AcknowledgmentRead.TYPE)).isNotEmpty();
    }

    @Test
    void takesTheSameAcknowledgmentTwiceForOne() {
        EntryId invoice = send("810", DAY);
        String rejection = functional("IN", 1, "AK9*R*1*1*0~");
        receive(rejection);
        AcknowledgmentState first = state(invoice);
        hub.clock.advance(Duration.ofHours(1));
        receive(rejection);
        assertThat(hub.archived(AcknowledgmentRead.TYPE)).hasSize(1);
        receive(functional("IN", 1, "AK9*R*1*1*0~"));
        assertThat(state(invoice)).isEqualTo(first);
        assertThat(hub.get(OpenAlarms.class).history(null, 10)).hasSize(1);
    }

    @Test
    void isTheSameAfterARebuild() {
        EntryId late = send("810", DAY);
        EntryId rejected = send("850", DAY);
        EntryId awaited = send("ORDERS", DAY.multipliedBy(9));
        receive(functional("PO", 2, "AK2*850*0001~AK5*R*4~AK9*R*1*1*0~"));
        receive(functional("IN", 40, "AK9*A*1*1*1~"));
        hub.clock.advance(DAY);
        look(false);
        Map<EntryId, AcknowledgmentState> before = states(late, rejected, awaited);
        List<Alarm> alarms = hub.get(OpenAlarms.class).history(null, 10);
        assertThat(before.values())
                .extracting(AcknowledgmentState::status)
                .containsExactlyInAnyOrder("overdue", "received", "expected");
        assertThat(alarms).hasSize(3);
        hub.rebuild();
        assertThat(states(late, rejected, awaited)).isEqualTo(before);
        assertThat(hub.get(OpenAlarms.class).history(null, 10)).isEqualTo(alarms);
    }

    private EntryId send(String kind, @Nullable Duration within) {
        Map<String, String> attributes = within == null
                ? Map.of(Entry.DELIVER_TO, PARTNER, Entry.DELIVER_AS, kind)
                : Map.of(
                        Entry.DELIVER_TO,
                        PARTNER,
                        Entry.DELIVER_AS,
                        kind,
                        ControlNumbers.ACKNOWLEDGED_WITHIN,
                        within.toString());
        WireParty to = kind.equals("ORDERS") ? new WireParty("ZZ", "MIRAMAR") : HOTEL;
        return hub.get(ControlNumbers.class)
                .append(
                        PARTNER,
                        kind.equals("ORDERS") ? Standard.EDIFACT : Standard.X12,
                        HUB,
                        to,
                        attributes,
                        List.of(new SentDocument("N-1", "hub")),
                        number -> new byte[] {1})
                .id();
    }

    private EntryId receive(String interchange) {
        EntryId receipt = deliver(interchange);
        assertThat(hub.get(InterchangeReader.class).read(receipt).owed()).isEmpty();
        return receipt;
    }

    private EntryId deliver(String interchange) {
        return hub.get(Archive.class)
                .append(Draft.of(
                        RECEIVED, Map.of("partner", PARTNER), interchange.getBytes(StandardCharsets.ISO_8859_1)))
                .id();
    }

    private void look(boolean abandoned) {
        hub.get(AwaitedAcknowledgments.class).lookAtTheClock(delivery -> abandoned);
    }

    private Map<EntryId, AcknowledgmentState> states(EntryId... interchanges) {
        return hub.get(AwaitedAcknowledgments.class).of(List.of(interchanges));
    }

    private AcknowledgmentState state(EntryId interchange) {
        AcknowledgmentState state = states(interchange).get(interchange);
        assertThat(state).isNotNull();
        return state;
    }

    /** Status, verdict, kind and receipt. */
    private String told(EntryId interchange) {
        AcknowledgmentState state = state(interchange);
        return "%s %s %s %s".formatted(state.status(), state.verdict(), state.by(), state.receipt());
    }

    private String alarm(String cause) {
        return hub.get(OpenAlarms.class).list(10).stream()
                .filter(alarm -> alarm.cause().equals(cause))
                .map(Alarm::sentence)
                .findFirst()
                .orElseThrow();
    }

    private String functional(String group, int number, String notes) {
        long segments = notes.chars().filter(each -> each == '~').count() + 3;
        return x12(
                "GS*FA*HOTELMIRAMAR*LONJA*20261121*1000*7*X*004010~ST*997*0001~AK1*%s*%d~%sSE*%d*0001~GE*1*7~"
                        .formatted(group, number, notes, segments),
                0);
    }

    private String x12(String content, int acknowledgmentRequested) {
        int number = ++interchanges;
        return "ISA*00*          *00*          *ZZ*HOTELMIRAMAR   *ZZ*LONJA          *261121*1000*U*00401*%09d*%d*P*>~%sIEA*%d*%1$09d~"
                .formatted(number, acknowledgmentRequested, content, content.startsWith("GS") ? 1 : 0);
    }

    private String contrl(String answer, int acknowledgmentRequested) {
        int number = ++interchanges;
        long segments = answer.chars().filter(each -> each == '\'').count() + 2;
        return "UNB+UNOC:3+HOTELMIRAMAR:ZZ+LONJA:ZZ+261121:1000+%d%s'UNH+1+CONTRL:D:3:UN'%sUNT+%d+1'UNZ+1+%1$d'"
                .formatted(number, acknowledgmentRequested == 1 ? "++++1" : "", answer, segments);
    }
}
