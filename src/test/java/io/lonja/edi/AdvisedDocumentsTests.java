package io.lonja.edi;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.Workbench;
import io.lonja.alarm.Alarm;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class AdvisedDocumentsTests {

    private static final EntryType RECEIVED = EntryType.evidence("interchange-received");
    private static final String PARTNER = "hotel-miramar";
    private static final WireParty HUB = new WireParty("ZZ", "LONJA");
    private static final WireParty HOTEL = new WireParty("ZZ", "HOTELMIRAMAR");
    private static final Duration DAY = Duration.ofDays(1);

    private final Workbench hub;
    private int interchanges = 800;

    AdvisedDocumentsTests(TestDatabase.Vendor vendor) {
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
    void findsWhatAnOtiMeansByGroupAndSet() {
        send("850", "PO-1");
        EntryId invoice = send("810", "I-2");
        EntryId receipt = receive(
                advice(
                        "OTI*TR*PO*PO-1*HOTELMIRAMAR*LONJA***2*0001*810*004010~TED*024*price changed*IT1*4*4*212*12.50*12.75~NTE**Ask Lucia.~"));
        assertThat(told(invoice)).isEqualTo("rejected 824 " + receipt);
        assertThat(alarm("sent-document-refused:" + invoice))
                .startsWith(
                        "hotel-miramar refuses our 810 I-2, interchange 2 (delivery %s), by the 824 ADV-1 in receipt %s: "
                                .formatted(invoice, receipt))
                .contains(
                        "024 price changed, segment 4 IT1, element 4, found \"12.50\", should be \"12.75\": Ask Lucia. The hub");
        assertThat(hub.openCauses()).hasSize(1);
        assertThat(hub.archived(SentAcknowledgment.TYPE))
                .extracting(answer -> SentAcknowledgment.of(answer).as())
                .containsExactly("TA1", "997");
    }

    @Test
    void findsWhatAnOtiMeansByTheDocumentsNumber() {
        EntryId order = send("850", "4711");
        EntryId invoice = send("810", "4711");
        receive(advice("OTI*TR*IV*4711~TED*024*party unknown~"));
        assertThat(told(invoice)).startsWith("rejected 824 ");
        assertThat(advised(order)).isNull();
        receive(advice("OTI*TE*PO*4711~"));
        assertThat(told(order)).startsWith("accepted-with-errors 824 ");
        assertThat(hub.openCauses()).containsExactly("sent-document-refused:" + invoice);
    }

    @Test
    void findsWhatAnAperakMeansByTheDocumentsNumber() {
        EntryId invoice = send("INVOIC", "I-1");
        send("ORDERS", "PO-1");
        EntryId receipt = receive(
                aperak("27", "RFF+ON:PO-1'RFF+IV:I-1'ERC+024::ZZZ'FTX+AAO+++The buyer is not known.:Send its GLN.'"));
        assertThat(told(invoice)).isEqualTo("rejected APERAK " + receipt);
        assertThat(alarm("sent-document-refused:" + invoice))
                .contains(
                        "our INVOIC I-1, interchange 1 (delivery %s), by the APERAK A-1 in receipt %s: 024: The buyer is not known. Send its GLN. The hub"
                                .formatted(invoice, receipt));
        assertThat(hub.openCauses()).hasSize(1);
    }

    @Test
    void findsWhatAnAperakMeansByItsMessageReferenceAlone() {
        send("ORDERS", "PO-1");
        EntryId second = send("ORDERS", "PO-2");
        receive(aperak("AP", "RFF+ACW:2'"));
        assertThat(told(second)).startsWith("accepted APERAK ");
        assertThat(hub.openCauses()).isEmpty();
        receive(aperak("27", "RFF+ACW:THEIR-OWN'RFF+ON:PO-2'"));
        assertThat(told(second)).startsWith("rejected APERAK ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OTI*TR*IV*I-9~|IV I-9 is rejected, but nothing of that number was sent to it",
                "OTI*TA*PO*I-1~|PO I-1 is accepted, but nothing of that number was sent to it",
                "OTI*TR*IV*I-1*****9~|group 9, IV I-1 is rejected, but nothing of that group was sent to it",
                "OTI*TR*IV*I-1*****1*0001*850~|group 1, 850 0001, IV I-1 is rejected, but nothing of that group was sent to it",
                "OTI*TR*IV*I-1*****1*0002~|but our 810 I-1, interchange 1 (delivery 1) has no transaction set 0002",
                "OTI*TR*IV*I-9*****1*0001~|but that group is our 810 I-1, interchange 1 (delivery 1)",
                "OTI*TR*TN*0001~|TN 0001 is rejected, but it names none by a number that we give",
                "OTI*TR*BM*I-1~TED*024*why~|but it names none by a number that we give: 024 why. This changes nothing"
            })
    void saysWhatFitsNothingThatWasSent(String oti, String why) {
        EntryId invoice = send("810", "I-1");
        EntryId receipt = receive(advice(oti));
        assertThat(advised(invoice)).isNull();
        assertThat(hub.openCauses()).containsExactly(unmatched(receipt));
        assertThat(alarm(unmatched(receipt)))
                .startsWith("hotel-miramar sent the 824 ADV-1 in receipt %s, which fits nothing".formatted(receipt))
                .contains(why);
    }

    @Test
    void doesNotChooseBetweenDocumentsOfOneNumber() {
        EntryId one = send("810", "I-1", "valle", null);
        EntryId other = send("810", "I-1", "huerta", null);
        EntryId receipt = receive(advice("OTI*TR*IV*I-1~"));
        assertThat(alarm(unmatched(receipt)))
                .contains(
                        "that may be our 810 I-1, interchange 2 (delivery %s) or our 810 I-1, interchange 1 (delivery %s)"
                                .formatted(other, one));
        receive(advice("OTI*TR*IV*I-1*****1~"));
        assertThat(told(one)).startsWith("rejected ");
        assertThat(advised(other)).isNull();
    }

    @Test
    void doesNotBelieveAMessageReferenceThatContradictsTheNumber() {
        EntryId first = send("ORDERS", "PO-1");
        EntryId second = send("ORDERS", "PO-2");
        EntryId receipt = receive(aperak("27", "RFF+ACW:1'RFF+ON:PO-2'"));
        assertThat(advised(first)).isNull();
        assertThat(advised(second)).isNull();
        assertThat(alarm(unmatched(receipt)))
                .contains("set 1, ON PO-2 is rejected, but that message is our ORDERS PO-1, interchange 1");
    }

    @Test
    void keepsApartWhatOneAdviceSaysOfSeveral() {
        EntryId first = send("810", "I-1");
        EntryId second = send("810", "I-2");
        EntryId receipt = receive(
                advice(
                        "OTI*TR*IV*I-1~TED*010*total differs~OTI*TA*IV*I-2~OTI*TR*IV*I-3~TED*009*date~OTI*IR*IV*I-1~TED*024*line 2~"));
        assertThat(told(first)).startsWith("rejected ");
        assertThat(advised(first)).extracting(AcknowledgmentState::reasons).isEqualTo("010 total differs; 024 line 2");
        assertThat(told(second)).startsWith("accepted ");
        assertThat(hub.openCauses()).containsExactlyInAnyOrder("sent-document-refused:" + first, unmatched(receipt));
        assertThat(alarm(unmatched(receipt)))
                .contains("IV I-3 is rejected, but nothing of that number was sent to it: 009 date.")
                .doesNotContain("I-1", "I-2");
    }

    @Test
    void takesTheSameAdviceTwiceForOne() {
        EntryId invoice = send("810", "I-1");
        String refusal = advice("OTI*TR*IV*I-1~TED*024*price~");
        receive(refusal);
        AcknowledgmentState first = advised(invoice);
        hub.clock.advance(Duration.ofHours(1));
        receive(refusal);
        assertThat(hub.archived(AcknowledgmentRead.TYPE)).hasSize(1);
        receive(advice("OTI*TR*IV*I-1~TED*024*price~"));
        assertThat(advised(invoice)).isEqualTo(first);
        assertThat(hub.get(OpenAlarms.class).history(null, 10)).hasSize(1);
        receive(advice("OTI*TR*IV*I-1~TED*024*quantity~"));
        assertThat(alarm("sent-document-refused:" + invoice)).contains("024 quantity");
        assertThat(hub.get(OpenAlarms.class).history(null, 10)).hasSize(2);
    }

    @Test
    void endsTheAlarmWhenTheDocumentIsAcceptedAfterAll() {
        EntryId invoice = send("810", "I-1");
        receive(advice("OTI*TR*IV*I-1~"));
        assertThat(alarm("sent-document-refused:" + invoice)).contains(": it gives no reason. The hub");
        receive(advice("OTI*IA*IV*I-1~"));
        assertThat(hub.openCauses())
                .as("an item is not the document")
                .containsExactly("sent-document-refused:" + invoice);
        receive(advice("OTI*TA*IV*I-1~"));
        assertThat(told(invoice)).startsWith("accepted 824 ");
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void endsTheAlarmOfTheFirstDeliveryWithTheCorrectedOne() {
        EntryId first = send("INVOIC", "I-1");
        receive(aperak("27", "RFF+IV:I-1'ERC+010::ZZZ'"));
        EntryId corrected = send("INVOIC", "I-1");
        receive(aperak("27", "RFF+IV:I-1'ERC+009::ZZZ'"));
        assertThat(hub.openCauses()).containsExactly("sent-document-refused:" + corrected);
        receive(aperak("AP", "RFF+IV:I-1'"));
        assertThat(told(first)).startsWith("rejected ");
        assertThat(told(corrected)).startsWith("accepted ");
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void saysWhatThePartnerChangedUntilItAcceptsTheDocumentAsItIs() {
        EntryId answer = send("855", "PO-1");
        receive(advice("OTI*TC*PO*PO-1~TED*024*price changed*PO1*5*4*212*12.50*12.75~"));
        assertThat(told(answer)).startsWith("accepted-with-changes ");
        assertThat(alarm("sent-document-changed:" + answer))
                .startsWith("hotel-miramar accepts our 855 PO-1, interchange 1 (delivery %s) with changes of its own"
                        .formatted(answer))
                .contains("found \"12.50\", should be \"12.75\". Here it stands as it was sent");
        receive(advice("OTI*TP*PO*PO-1~"));
        assertThat(hub.openCauses()).containsExactly("sent-document-refused:" + answer);
        assertThat(alarm("sent-document-refused:" + answer)).contains("accepts only a part of our 855");
        receive(advice("OTI*TE*PO*PO-1~"));
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void leavesTheFunctionalAcknowledgmentAwaited() {
        EntryId invoice = send("810", "I-1", "hub", DAY);
        receive(advice("OTI*TR*IV*I-1*****1~"));
        AcknowledgmentState awaited =
                hub.get(AwaitedAcknowledgments.class).of(List.of(invoice)).get(invoice);
        assertThat(awaited).isNotNull();
        assertThat(awaited.status()).isEqualTo("expected");
        assertThat(awaited.verdict()).isNull();
        assertThat(awaited.expectedBy()).isEqualTo(hub.clock.instant().plus(DAY));
        hub.clock.advance(DAY);
        hub.get(AwaitedAcknowledgments.class).lookAtTheClock(delivery -> false);
        assertThat(hub.openCauses())
                .containsExactlyInAnyOrder("acknowledgment-overdue:" + invoice, "sent-document-refused:" + invoice);
        receive(functional("AK1*IN*1~AK9*A*1*1*1~"));
        assertThat(hub.openCauses()).containsExactly("sent-document-refused:" + invoice);
        assertThat(told(invoice)).startsWith("rejected 824 ");
        receive(functional("AK1*IN*1~AK9*R*1*1*0~"));
        receive(advice("OTI*TA*IV*I-1~"));
        assertThat(hub.openCauses())
                .as("what cannot be read is not mended by an advice")
                .containsExactly("acknowledgment-rejected:" + invoice);
    }

    @Test
    void listsWhatWasSaidByPartnerInTheOrderOfSending() {
        EntryId first = send("810", "I-1");
        send("810", "I-2");
        EntryId third = send("INVOIC", "I-3");
        receive(aperak("AB", "RFF+IV:I-3'"));
        receive(advice("OTI*TR*IV*I-1~"));
        assertThat(listed(PARTNER, 0)).containsExactly(first, third);
        assertThat(listed(null, first.sequence())).containsExactly(third);
        assertThat(listed("somebody-else", 0)).isEmpty();
        assertThat(told(third)).startsWith("received APERAK ");
        assertThat(hub.get(AwaitedAcknowledgments.class).list(null, null, 0, 10))
                .as("nothing is awaited of them")
                .isEmpty();
    }

    @Test
    void takesNothingFromAnAdviceThatItsGuideRefuses() {
        EntryId invoice = send("810", "I-1");
        receive(advice("OTI*ZZ*IV*I-1~"));
        assertThat(hub.archived(AcknowledgmentRead.TYPE)).isEmpty();
        assertThat(advised(invoice)).isNull();
        assertThat(hub.archived(SentAcknowledgment.TYPE))
                .extracting(answer -> SentAcknowledgment.of(answer).as())
                .containsExactly("TA1", "997");
        assertThat(hub.openCauses()).isEmpty();
    }

    @Test
    void isTheSameAfterARebuild() {
        EntryId refused = send("810", "I-1", "hub", DAY);
        EntryId accepted = send("INVOIC", "I-2");
        receive(advice("OTI*TR*IV*I-1~TED*024*party unknown~OTI*TR*IV*I-9~"));
        receive(aperak("27", "RFF+IV:I-2'"));
        hub.clock.advance(Duration.ofHours(1));
        receive(aperak("AP", "RFF+ACW:1'RFF+IV:I-2'"));
        List<AcknowledgmentState> before = List.of(advised(refused), advised(accepted));
        List<Alarm> alarms = hub.get(OpenAlarms.class).history(null, 10);
        assertThat(alarms).hasSize(3);
        hub.rebuild();
        assertThat(List.of(advised(refused), advised(accepted))).isEqualTo(before);
        assertThat(hub.get(OpenAlarms.class).history(null, 10)).isEqualTo(alarms);
    }

    /** Facts as they were before: what was sent said no document and had 1 for UNH 0062, advices were an alarm each. */
    @Test
    void replaysWhatEarlierReleasesArchived() {
        EntryId first = sentBefore(41);
        receive(contrl("UCI+41+LONJA:ZZ+HOTELMIRAMAR:ZZ+7'UCM+1+ORDERS:D:96A:UN+7'"));
        assertThat(hub.get(AwaitedAcknowledgments.class).of(List.of(first))).containsKey(first);
        receive(aperak("27", "RFF+ACW:1'RFF+ON:PO-1'"));
        assertThat(told(first)).startsWith("rejected APERAK ");
        assertThat(alarm("sent-document-refused:" + first)).contains("refuses our ORDERS, interchange 41 (delivery");
        sentBefore(42);
        EntryId either = receive(aperak("27", "RFF+ACW:1'RFF+ON:PO-2'"));
        assertThat(alarm(unmatched(either))).contains("that may be our ORDERS, interchange 42 (delivery");

        EntryId receipt = deliver(advice("OTI*TR*IV*I-1~"));
        append(Draft.of(
                InterchangeRead.TYPE,
                Map.of("partner", PARTNER, Entry.ABOUT, receipt.toString()),
                ("{\"faults\":[],\"interchanges\":[{\"bytes\":{\"from\":0,\"to\":9},\"controlNumber\":\"7\",\"decision\":\"NEW\",\"digest\":\"\","
                                + "\"faults\":[],\"ordinal\":0,\"receiver\":{\"qualifier\":\"ZZ\",\"value\":\"LONJA\"},\"sender\":"
                                + "{\"qualifier\":\"ZZ\",\"value\":\"HOTELMIRAMAR\"},\"standard\":\"X12\",\"test\":false,\"transactionSets\":"
                                + "[{\"bytes\":{\"from\":0,\"to\":9},\"controlNumber\":\"0001\",\"faults\":[],\"group\":\"7\",\"guide\":\"x12-004010-824\","
                                + "\"ordinal\":0,\"type\":\"824\",\"verdict\":\"ACCEPTED\"}],\"version\":\"00401\"}],\"partner\":\"hotel-miramar\",\"receipt\":"
                                + receipt + "}")
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(hub.openCauses()).contains("application-advice:%s:0:0".formatted(receipt));
        byte[] without =
                "{\"interchange\":0,\"lane\":\"\",\"partner\":\"hotel-miramar\",\"receipt\":7,\"standard\":\"X12\",\"statements\":[],\"unreadable\":[]}"
                        .getBytes(StandardCharsets.UTF_8);
        AcknowledgmentRead earlier = CanonicalJson.read(without, AcknowledgmentRead.class);
        assertThat(earlier.advices()).isEmpty();
        assertThat(CanonicalJson.of(earlier)).isEqualTo(without);
    }

    private EntryId sentBefore(int number) {
        return append(Draft.of(
                ControlNumbers.SENT,
                Map.of(
                        Entry.DELIVER_TO,
                        PARTNER,
                        Entry.DELIVER_AS,
                        "ORDERS",
                        ControlNumbers.LANE,
                        InterchangeIndex.lane(PARTNER, HUB, HOTEL),
                        ControlNumbers.CONTROL_NUMBER,
                        Integer.toString(number)),
                new byte[] {1}));
    }

    private EntryId append(Draft draft) {
        EntryId appended = hub.get(Archive.class).append(draft).id();
        hub.get(Appliers.class).catchUp(Effect.Lane.RECEIPTS, appended);
        return appended;
    }

    private EntryId send(String kind, String number) {
        return send(kind, number, "hub", null);
    }

    private EntryId send(String kind, String number, String of, @Nullable Duration within) {
        Map<String, String> attributes = new TreeMap<>(Map.of(Entry.DELIVER_TO, PARTNER, Entry.DELIVER_AS, kind));
        if (within != null) {
            attributes.put(ControlNumbers.ACKNOWLEDGED_WITHIN, within.toString());
        }
        boolean edifact = Character.isLetter(kind.charAt(0));
        return hub.get(ControlNumbers.class)
                .append(
                        PARTNER,
                        edifact ? Standard.EDIFACT : Standard.X12,
                        HUB,
                        edifact ? new WireParty("ZZ", "MIRAMAR") : HOTEL,
                        attributes,
                        List.of(new SentDocument(number, of)),
                        each -> new byte[] {1})
                .id();
    }

    private EntryId receive(String interchange) {
        EntryId receipt = deliver(interchange);
        hub.get(InterchangeReader.class).read(receipt);
        return receipt;
    }

    private EntryId deliver(String interchange) {
        return hub.get(Archive.class)
                .append(Draft.of(
                        RECEIVED, Map.of("partner", PARTNER), interchange.getBytes(StandardCharsets.ISO_8859_1)))
                .id();
    }

    private @Nullable AcknowledgmentState advised(EntryId interchange) {
        return hub.get(AwaitedAcknowledgments.class)
                .advised(List.of(interchange))
                .get(interchange);
    }

    /** Verdict, kind and receipt. */
    private String told(EntryId interchange) {
        AcknowledgmentState state = advised(interchange);
        assertThat(state).isNotNull();
        return "%s %s %s".formatted(state.verdict(), state.by(), state.receipt());
    }

    private List<EntryId> listed(@Nullable String partner, long after) {
        return hub.get(AwaitedAcknowledgments.class).listAdvised(partner, after, 10).stream()
                .map(AcknowledgmentState::interchange)
                .toList();
    }

    private static String unmatched(EntryId receipt) {
        return "advice-unmatched:%s:0:0".formatted(receipt);
    }

    private String alarm(String cause) {
        return hub.get(OpenAlarms.class).list(10).stream()
                .filter(alarm -> alarm.cause().equals(cause))
                .map(Alarm::sentence)
                .findFirst()
                .orElseThrow();
    }

    private String advice(String content) {
        return x12("AG", "824", "BGN*11*ADV-1*20261121~" + content);
    }

    private String functional(String notes) {
        return x12("FA", "997", notes);
    }

    private String x12(String group, String set, String content) {
        int number = ++interchanges;
        long segments = content.chars().filter(each -> each == '~').count() + 2;
        return "ISA*00*          *00*          *ZZ*HOTELMIRAMAR   *ZZ*LONJA          *261121*1000*U*00401*%1$09d*0*P*>~GS*%2$s*HOTELMIRAMAR*LONJA*20261121*1000*%1$d*X*004010~ST*%3$s*0001~%4$sSE*%5$d*0001~GE*1*%1$d~IEA*1*%1$09d~"
                .formatted(number, group, set, content, segments);
    }

    private String aperak(String response, String content) {
        return edifact("APERAK:D:96A:UN", "BGM+313+A-1+9+%s'%s".formatted(response, content));
    }

    private String contrl(String content) {
        return edifact("CONTRL:D:3:UN", content);
    }

    private String edifact(String type, String content) {
        int number = ++interchanges;
        long segments = content.chars().filter(each -> each == '\'').count() + 2;
        return "UNB+UNOC:3+HOTELMIRAMAR:ZZ+LONJA:ZZ+261121:1000+%1$d'UNH+1+%2$s'%3$sUNT+%4$d+1'UNZ+1+%1$d'"
                .formatted(number, type, content, segments);
    }
}
