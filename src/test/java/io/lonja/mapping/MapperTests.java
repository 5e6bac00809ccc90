package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.Shipped;
import io.lonja.TestDatabase;
import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Draft;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.SegmentArchive;
import io.lonja.document.DocumentRegister;
import io.lonja.document.DocumentType;
import io.lonja.document.MappedInterchange;
import io.lonja.document.MappedInterchange.Outcome;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import io.lonja.document.RegisteredDocument;
import io.lonja.document.RegisteredDocument.State;
import io.lonja.edi.Guides;
import io.lonja.edi.InterchangeReader;
import io.lonja.edi.SentAcknowledgment;
import io.lonja.partner.Agreement;
import io.lonja.partner.Channels;
import io.lonja.partner.InterchangeNumbers;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.partner.WireForm;
import io.lonja.party.Identity;
import io.lonja.party.Identity.Scheme;
import io.lonja.party.PartyId;
import io.lonja.party.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** From the receipt to the fact, over the archive on disk, the appliers and the reader of the hub. */
class MapperTests {

    private static final PartyId MEMBER = new PartyId("hotel-miramar");
    private static final PartyId SUPPLIER = new PartyId("valle-foods");
    private static final PartyId NEWCOMER = new PartyId("casa-lucia");
    private static final PartyId OPERATOR = new PartyId("nordmar");

    private static final String TO_THE_SUPPLIER = "*ZZ*VALLEFOODS     *";
    private static final String TO_THE_HUB = "*ZZ*LONJA          *";
    private static final String ORDER = """
            BEG*00*SA*PO-1**20261121~
            PO1*1*10*CA*12.50**VN*A-100~
            CTT*1~
            AMT*TT*125~
            """;
    private static final String INVOICE_OF_THE_SUPPLIER = """
            BIG*20261121*I-1*20261101*PO-1***DI~
            N1*SE*Valle Foods*1*987654321~
            IT1*1*10*CA*12.50**VN*A-100~
            TDS*12500~
            CTT*1~
            """;

    @TempDir
    Path folder;

    private final Directory partners = new Directory(
            Arrays.asList(
                    partner(
                            MEMBER,
                            Role.MEMBER,
                            "HOTELMIRAMAR",
                            "123456789",
                            "x12-004010-850",
                            "x12-004010-810",
                            "edifact-d96a-orders",
                            "edifact-d01b-invoic"),
                    partner(
                            SUPPLIER,
                            Role.SUPPLIER,
                            "VALLEFOODS",
                            "987654321",
                            "x12-004010-810",
                            "edifact-d01b-invoic"),
                    partner(NEWCOMER, Role.MEMBER, "CASALUCIA", "222222222"),
                    partner(OPERATOR, Role.OPERATOR, "NORDMAR", "333333333", "x12-004010-850", "x12-004010-810")),
            new AtomicLong());
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    private Archive archive;
    private AnnotationConfigApplicationContext hub;

    @BeforeEach
    void start() {
        archive = SegmentArchive.open(folder, clock);
        hub = hub(TestDatabase.h2());
    }

    @AfterEach
    void stop() {
        hub.close();
        archive.close();
    }

    @Test
    void takesSenderAndReceiverForBuyerAndSellerWhenTheOrderNamesNobody() {
        byte[] payload = SetText.interchange(ORDER);
        Outcome order = only(mapped(received(MEMBER, payload)));

        assertThat(order.problems()).isEmpty();
        assertThat(order.type()).isEqualTo(DocumentType.PURCHASE_ORDER);
        assertThat(order.sender()).isEqualTo(MEMBER);
        assertThat(order.buyer()).isEqualTo(MEMBER);
        assertThat(order.seller()).isEqualTo(SUPPLIER);
        assertThat(order.test()).isFalse();
        assertThat(order.content()).isNotNull();
        assertThat(((PricedDocument) order.content()).totals().payable()).hasToString("125.00 EUR");
        assertThat(new String(
                        payload, (int) order.bytes().from(), (int) order.bytes().length(), StandardCharsets.ISO_8859_1))
                .startsWith("ST*850*0001~")
                .endsWith("SE*6*0001~");
    }

    @Test
    void findsTheSellerByItsCodeWhenTheOrderIsSentToTheHub() {
        Outcome order = only(mapped(received(
                MEMBER,
                interchange(ORDER.replace("PO1*1", "N1*SU*Valle*1*987654321~\nPO1*1"), TO_THE_SUPPLIER, TO_THE_HUB))));

        assertThat(order.problems()).isEmpty();
        assertThat(order.seller()).isEqualTo(SUPPLIER);
    }

    @Test
    void takesTheGlnsOfAnEdifactEnvelopeForBuyerAndSeller() {
        Outcome order = only(mapped(received(MEMBER, message(gln("123456789") + ":14", gln("987654321") + ":14", ""))));

        assertThat(order.problems()).isEmpty();
        assertThat(order.guide()).isEqualTo("edifact-d96a-orders");
        assertThat(order.buyer()).isEqualTo(MEMBER);
        assertThat(order.seller()).isEqualTo(SUPPLIER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NAD+SU+8419876543210::9'",
                "NAD+SU+987654321::16'",
                "NAD+SU+VALLEFOODS::ZZZ'",
                "NAD+SU+VALLEFOODS'"
            })
    void findsTheSellerOfAnEdifactOrderByTheCodeOfAnyAgency(String seller) {
        Outcome order = only(mapped(received(MEMBER, message("HOTELMIRAMAR:ZZZ", "LONJA:ZZ", seller))));

        assertThat(order.problems()).isEmpty();
        assertThat(order.seller()).isEqualTo(SUPPLIER);
    }

    @Test
    void refusesAnEdifactEnvelopeUnderAnX12NameOfTheSender() {
        assertThat(mapped(received(MEMBER, message("HOTELMIRAMAR:ZZ", "LONJA:ZZ", "")))
                        .documents())
                .isEmpty();
    }

    @Test
    void mapsNoAcknowledgment() {
        byte[] contrl =
                "UNB+UNOC:3+HOTELMIRAMAR:ZZZ+LONJA:ZZ+260114:0815+9'UNH+1+CONTRL:D:3:UN'UCI+1+LONJA:ZZ+HOTELMIRAMAR:ZZZ+7'UNT+3+1'UNZ+1+9'"
                        .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(mapped(received(MEMBER, contrl)).documents()).isEmpty();
    }

    @Test
    void aSelfBilledInvoiceIsIssuedByTheBuyerAndNobodyElse() {
        Outcome ofTheMember = only(mapped(received(MEMBER, selfBilled("HOTELMIRAMAR:ZZZ"))));
        Outcome ofTheSupplier = only(mapped(received(SUPPLIER, selfBilled("VALLEFOODS:ZZZ"))));

        assertThat(ofTheMember.problems()).isEmpty();
        assertThat(ofTheMember.buyer()).isEqualTo(MEMBER);
        assertThat(ofTheMember.seller()).isEqualTo(SUPPLIER);
        assertThat(ofTheSupplier.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("issuer-differs");
            assertThat(problem.sentence()).contains("only the buyer itself may bill itself");
        });
    }

    private static byte[] selfBilled(String sender) {
        String body = "BGM+389+AF-1+9'DTM+137:20261121:102'NAD+SU+987654321::16'NAD+BY+123456789::16'"
                + "LIN+1'PIA+5+A-100:SA'QTY+47:10:CS'PRI+AAA:12.50'UNS+S'MOA+77:125'";
        return "UNB+UNOC:3+%s+LONJA:ZZ+261121:0900+906'UNH+1+INVOIC:D:01B:UN:EAN011'%sUNT+12+1'UNZ+1+906'"
                .formatted(sender, body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** An order, with one more NAD. */
    private static byte[] message(String sender, String receiver, String nad) {
        String body = "BGM+220+PO-1+9'DTM+137:20261121:102'%sLIN+1'PIA+5+A-100:SA'QTY+21:10:CS'PRI+AAA:12.50'UNS+S'"
                .formatted(nad);
        long segments = body.chars().filter(c -> c == '\'').count() + 2;
        return "UNB+UNOC:3+%s+%s+261121:0900+905'UNH+1+ORDERS:D:96A:UN'%sUNT+%d+1'UNZ+1+905'"
                .formatted(sender, receiver, body, segments)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void holdsAnOrderInAnothersNameUnlessTheOperatorSendsIt() {
        String inAnothersName = ORDER.replace("PO1*1", "N1*BY*Casa Lucia*9*2222222220001~\nPO1*1");
        Outcome ofTheMember = only(mapped(received(MEMBER, interchange(inAnothersName))));
        Outcome ofTheOperator =
                only(mapped(received(OPERATOR, interchange(inAnothersName, "HOTELMIRAMAR   ", "NORDMAR        "))));

        assertThat(ofTheMember.problems()).extracting(MappingProblem::code).containsExactly("issuer-differs");
        assertThat(ofTheOperator.problems()).isEmpty();
        assertThat(ofTheOperator.sender()).isEqualTo(OPERATOR);
        assertThat(ofTheOperator.buyer()).isEqualTo(NEWCOMER);
    }

    @Test
    void holdsAnOrderWhoseSellerIsUnknownAndSaysWhatItGives() {
        Outcome order = only(mapped(received(
                MEMBER,
                interchange(ORDER.replace("PO1*1", "N1*SU*Nobody*1*555555555~\nPO1*1"), TO_THE_SUPPLIER, TO_THE_HUB))));

        assertThat(order.buyer()).isEqualTo(MEMBER);
        assertThat(order.seller()).isNull();
        assertThat(order.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("party-unknown");
            assertThat(problem.sentence()).contains("PO-1", "Nobody", "555555555");
        });
    }

    @Test
    void holdsAnOrderUnderAGuideThatIsNotAgreed() {
        Outcome order = only(mapped(received(NEWCOMER, interchange(ORDER, "HOTELMIRAMAR   ", "CASALUCIA      "))));

        assertThat(order.content()).isNotNull();
        assertThat(order.problems()).extracting(MappingProblem::code).containsExactly("agreement-missing");
    }

    @Test
    void holdsAnInvoiceThatAnotherIssuedUnlessTheOperatorSendsIt() {
        Outcome ofTheMember = only(mapped(
                received(MEMBER, interchange(INVOICE_OF_THE_SUPPLIER, TO_THE_SUPPLIER, "*ZZ*CASALUCIA      *"))));
        Outcome ofTheOperator = only(mapped(received(
                OPERATOR,
                interchange(
                        INVOICE_OF_THE_SUPPLIER,
                        "HOTELMIRAMAR   ",
                        "NORDMAR        ",
                        TO_THE_SUPPLIER,
                        "*ZZ*CASALUCIA      *"))));

        assertThat(ofTheMember.problems()).extracting(MappingProblem::code).containsExactly("issuer-differs");
        assertThat(ofTheOperator.problems()).isEmpty();
        assertThat(ofTheOperator.seller()).isEqualTo(SUPPLIER);
        assertThat(ofTheOperator.buyer()).isEqualTo(NEWCOMER);
    }

    @Test
    void saysThatAnOrderIsATestWhenItsInterchangeDoes() {
        assertThat(only(mapped(received(MEMBER, interchange(ORDER, "*P*>", "*T*>"))))
                        .test())
                .isTrue();
    }

    @Test
    void mapsAReceiptOnceAlsoInANewDatabase() {
        EntryId receipt = received(MEMBER, SetText.interchange(ORDER));
        EntryId fact = hub.getBean(Mapper.class).map(receipt);
        long size = archive.size();

        assertThat(hub.getBean(Mapper.class).map(receipt)).isEqualTo(fact);
        hub.close();
        hub = hub(TestDatabase.h2());
        hub.getBean(Appliers.class).catchUpAll();
        assertThat(hub.getBean(Mapper.class).map(receipt)).isEqualTo(fact);
        assertThat(archive.size()).isEqualTo(size);
    }

    @Test
    void archivesNothingMoreWhileTheLaneThatWouldRememberItStands() {
        EntryId receipt = received(MEMBER, SetText.interchange(ORDER));
        JdbcClient database = hub.getBean(JdbcClient.class);
        database.sql("ALTER TABLE mapped_receipt ADD CONSTRAINT standing CHECK (receipt < 0)")
                .update();
        assertThatThrownBy(() -> hub.getBean(Mapper.class).map(receipt)).hasMessageContaining("stands at entry");
        long size = archive.size();
        assertThatThrownBy(() -> hub.getBean(Mapper.class).map(receipt)).hasMessageContaining("stands at entry");

        database.sql("ALTER TABLE mapped_receipt DROP CONSTRAINT standing").update();
        assertThat(hub.getBean(Mapper.class).map(receipt)).isEqualTo(new EntryId(size));
        assertThat(archive.size()).isEqualTo(size);
    }

    @Test
    void takesNothingFromARepeatedOrRefusedInterchangeButSaysThatItWasMapped() {
        received(MEMBER, SetText.interchange(ORDER));
        EntryId repeated = received(MEMBER, SetText.interchange(ORDER));
        EntryId refused = received(MEMBER, interchange(ORDER, "*PO-1*", "**", "000000905", "000000906"));

        assertThat(mapped(repeated).documents()).isEmpty();
        assertThat(mapped(refused).documents()).isEmpty();
    }

    @Test
    void readsHeldBytesAgainAfterAProfileWasMendedAndBooksThemOnce() {
        byte[] order = interchange(ORDER, "HOTELMIRAMAR   ", "CASALUCIA      ");
        assertThat(only(mapped(received(NEWCOMER, order))).problems()).isNotEmpty();
        hub.getBean(Appliers.class).catchUpAll();
        EntryId tooEarly = received(NEWCOMER, order);
        assertThat(mapped(tooEarly).documents()).isEmpty();

        partners.changedAt().set(archive.size() + 1);
        partners.all().set(2, partner(NEWCOMER, Role.MEMBER, "CASALUCIA", "222222222", "x12-004010-850"));

        EntryId mended = received(NEWCOMER, order);
        assertThat(only(mapped(mended)).problems()).isEmpty();
        hub.getBean(Appliers.class).catchUpAll();
        EntryId repeated = received(NEWCOMER, order);
        assertThat(mapped(repeated).documents()).isEmpty();
        hub.getBean(Appliers.class).catchUpAll();
        DocumentRegister documents = hub.getBean(DocumentRegister.class);
        assertThat(documents.of(mended)).extracting(RegisteredDocument::state).containsExactly(State.BOOKED);
        assertThat(documents.of(repeated)).isEmpty();
    }

    @Test
    void holdsAllDocumentsOfAnInterchangeThatIsKeptWhenOneIsHeld() {
        partners.all().set(0, kept(partners.all().get(0)));
        EntryId receipt = received(MEMBER, twoOrders("PO-1", "N1*SU*Nobody*1*555555555~"));

        assertThat(mapped(receipt).documents()).extracting(Outcome::together).containsExactly(0, 0);
        assertThat(mapped(receipt).documents())
                .extracting(outcome -> outcome.problems().get(0).code())
                .containsExactly("held-with-interchange", "party-unknown");
        hub.getBean(Appliers.class).catchUpAll();
        assertThat(hub.getBean(DocumentRegister.class).of(receipt))
                .extracting(RegisteredDocument::state)
                .containsExactly(State.HELD, State.HELD);
    }

    @Test
    void booksAllDocumentsOfAnInterchangeThatIsKeptWhenNoneIsHeld() {
        partners.all().set(0, kept(partners.all().get(0)));
        EntryId receipt = received(MEMBER, twoOrders("PO-2", ""));

        assertThat(mapped(receipt).documents())
                .allSatisfy(outcome -> assertThat(outcome.problems()).isEmpty());
        hub.getBean(Appliers.class).catchUpAll();
        assertThat(hub.getBean(DocumentRegister.class).of(receipt))
                .extracting(RegisteredDocument::state)
                .containsExactly(State.BOOKED, State.BOOKED);
    }

    @Test
    void refusesWhatItsAgreementRefusesAndTellsItsSenderInTheSameBreath() {
        partners.all().set(0, refusing(partners.all().get(0)));
        byte[] unknown =
                interchange(ORDER.replace("PO1*1", "N1*SU*Nobody*1*555555555~\nPO1*1"), TO_THE_SUPPLIER, TO_THE_HUB);
        EntryId receipt = received(MEMBER, unknown);
        EntryId fact = hub.getBean(Mapper.class).map(receipt);

        assertThat(only(mapped(receipt)).refused()).isTrue();
        Entry told = archive.entry(new EntryId(fact.sequence() + 1));
        assertThat(told.type()).isEqualTo(SentAcknowledgment.TYPE);
        assertThat(SentAcknowledgment.of(told).as()).isEqualTo("824");
        assertThat(SentAcknowledgment.of(told).receipt()).isEqualTo(receipt.sequence());
        assertThat(SentAcknowledgment.of(told).controlNumber())
                .as("behind the 997")
                .isEqualTo(2);
        assertThat(new String(archive.payload(told.id()), StandardCharsets.UTF_8))
                .contains("OTI*TR*PO*PO-1*HOTELMIRAMAR*", "*0001*850*004010~TED*024*party unknown*ST*1~NTE**")
                .contains("555555555")
                .as("what to do next is for our own people")
                .doesNotContain("Add the code");

        long size = archive.size();
        hub.getBean(Mapper.class).map(receipt);
        assertThat(archive.size()).as("nobody is told twice").isEqualTo(size);
        hub.getBean(Appliers.class).catchUpAll();
        assertThat(hub.getBean(DocumentRegister.class).of(receipt))
                .extracting(RegisteredDocument::state)
                .containsExactly(State.REFUSED);
    }

    @Test
    void refusesTheSameBytesAgainOnlyAfterSomethingWasMendedAndThenTellsAgain() {
        partners.all().set(0, refusing(partners.all().get(0)));
        byte[] unknown =
                interchange(ORDER.replace("PO1*1", "N1*SU*Nobody*1*555555555~\nPO1*1"), TO_THE_SUPPLIER, TO_THE_HUB);
        mapped(received(MEMBER, unknown));
        hub.getBean(Appliers.class).catchUpAll();
        assertThat(mapped(received(MEMBER, unknown)).documents())
                .as("a duplicate")
                .isEmpty();

        partners.changedAt().set(archive.size() + 1);
        EntryId again = received(MEMBER, unknown);
        assertThat(only(mapped(again)).refused()).isTrue();
        assertThat(SentAcknowledgment.of(archive.entry(new EntryId(archive.size())))
                        .as())
                .isEqualTo("824");

        EntryId underAnotherNumber = received(
                MEMBER,
                new String(unknown, StandardCharsets.ISO_8859_1)
                        .replace("000000905", "000000999")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(only(mapped(underAnotherNumber)).refused()).isTrue();
    }

    @Test
    void refusesEachOfAnInterchangeThatIsKeptByItsOwnMessage() {
        partners.all().set(0, refusing(kept(partners.all().get(0))));
        EntryId receipt = received(MEMBER, twoOrders("PO-5", "N1*SU*Nobody*1*555555555~"));
        EntryId fact = hub.getBean(Mapper.class).map(receipt);

        assertThat(mapped(receipt).documents()).allMatch(Outcome::refused);
        List<String> told = Stream.of(1, 2)
                .map(next -> new String(archive.payload(new EntryId(fact.sequence() + next)), StandardCharsets.UTF_8))
                .toList();
        assertThat(told.get(0)).contains("OTI*TR*PO*PO-5*", "*0001*850*", "TED*024*held with interchange~");
        assertThat(told.get(1)).contains("OTI*TR*PO*PO-5-B*", "*0002*850*", "TED*024*party unknown*");
        assertThat(told)
                .extracting(text -> text.substring(text.indexOf("BGN*11*"), text.indexOf("BGN*11*") + 9))
                .containsExactly("BGN*11*2*", "BGN*11*3*");
    }

    @Test
    void holdsAndTellsNobodyWhereNothingElseIsAgreed() {
        EntryId receipt = received(
                MEMBER,
                interchange(ORDER.replace("PO1*1", "N1*SU*Nobody*1*555555555~\nPO1*1"), TO_THE_SUPPLIER, TO_THE_HUB));
        EntryId fact = hub.getBean(Mapper.class).map(receipt);
        assertThat(archive.size()).isEqualTo(fact.sequence());
        assertThat(new String(archive.payload(fact), StandardCharsets.UTF_8))
                .as("a fact that says nothing new looks as before")
                .doesNotContain("refused");
    }

    @Test
    void answersAMessageOfEdifactByAnAperak() {
        partners.all().set(0, refusing(partners.all().get(0)));
        EntryId receipt = received(MEMBER, message("HOTELMIRAMAR:ZZZ", "LONJA:ZZ", "NAD+SU+8499999999999::9'"));
        assertThat(only(mapped(receipt)).refused()).isTrue();
        Entry told = archive.entry(new EntryId(archive.size()));
        assertThat(SentAcknowledgment.of(told).as()).isEqualTo("APERAK");
        assertThat(new String(archive.payload(told.id()), StandardCharsets.ISO_8859_1))
                .contains("RFF+ACW:1'RFF+ON:PO-1'ERC+024::ZZZ'FTX+AAO+++", "8499999999999");
    }

    @Test
    void tellsASenderWhatIsWrongAndNotWhatOurPeopleDoNext() {
        assertThat(Refusals.whatIsWrong("No name (Co. Ltd; 12.50). Add the code."))
                .isEqualTo("No name (Co. Ltd; 12.50).");
        assertThat(Refusals.whatIsWrong("TDS says 12.50; ask the sender.")).isEqualTo("TDS says 12.50.");
        assertThat(Refusals.whatIsWrong("Nothing ends this")).isEqualTo("Nothing ends this");
    }

    private static TradingPartner refusing(TradingPartner partner) {
        return with(
                partner,
                agreed -> new Agreement(
                        agreed.document(),
                        agreed.direction(),
                        agreed.guide(),
                        agreed.acknowledge(),
                        null,
                        null,
                        agreed.kept(),
                        false,
                        true));
    }

    @Test
    void letsEachDocumentOfASplitInterchangeTakeEffectByItself() {
        EntryId receipt = received(MEMBER, twoOrders("PO-3", "N1*SU*Nobody*1*555555555~"));

        assertThat(mapped(receipt).documents())
                .extracting(outcome -> outcome.problems().size())
                .containsExactly(0, 1);
        assertThat(new String(archive.payload(hub.getBean(Mapper.class).map(receipt)), StandardCharsets.UTF_8))
                .as("a fact that says nothing new looks as before")
                .doesNotContain("together");
    }

    /** To the hub, for the supplier; the second one names another party. */
    private static byte[] twoOrders(String number, String secondParty) {
        String first = ORDER.replace("*PO-1*", "*" + number + "*").replace("PO1*1", "N1*SU*Valle*1*987654321~\nPO1*1");
        String second = ORDER.replace("*PO-1*", "*" + number + "-B*")
                .replace("PO1*1", (secondParty.isEmpty() ? "N1*SU*Valle*1*987654321~" : secondParty) + "\nPO1*1");
        String one = new String(interchange(first, TO_THE_SUPPLIER, TO_THE_HUB), StandardCharsets.ISO_8859_1);
        String other = new String(interchange(second, TO_THE_SUPPLIER, TO_THE_HUB), StandardCharsets.ISO_8859_1)
                .replace("*0001~", "*0002~");
        String set = other.substring(other.indexOf("ST*"), other.indexOf("GE*"));
        return one.replace("GE*1*", set + "GE*2*").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static TradingPartner kept(TradingPartner partner) {
        return with(
                partner,
                agreed -> new Agreement(
                        agreed.document(),
                        agreed.direction(),
                        agreed.guide(),
                        agreed.acknowledge(),
                        null,
                        null,
                        true,
                        false,
                        false));
    }

    private static TradingPartner with(TradingPartner partner, UnaryOperator<Agreement> change) {
        return new TradingPartner(
                partner.id(),
                partner.name(),
                partner.roles(),
                partner.identities(),
                partner.agreements().stream().map(change).toList(),
                partner.currency(),
                partner.duplicateInterchange(),
                false,
                false,
                partner.numbers(),
                partner.wire(),
                partner.channels(),
                partner.version());
    }

    @Test
    void doesNotMapWhatWasNotRead() {
        EntryId receipt = arrived(MEMBER, SetText.interchange(ORDER));
        long size = archive.size();

        assertThatThrownBy(() -> hub.getBean(Mapper.class).map(receipt))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was not read yet");
        assertThat(archive.size()).isEqualTo(size);
    }

    private static byte[] interchange(String segments, String... replacements) {
        String text = new String(SetText.interchange(segments), StandardCharsets.ISO_8859_1);
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).contains(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private EntryId arrived(PartyId from, byte[] payload) {
        return archive.append(Draft.of(
                        EntryType.evidence("interchange-received"),
                        Map.of("partner", from.value(), "channel", "https"),
                        payload))
                .id();
    }

    private EntryId received(PartyId from, byte[] payload) {
        EntryId receipt = arrived(from, payload);
        hub.getBean(InterchangeReader.class).read(receipt);
        return receipt;
    }

    private MappedInterchange mapped(EntryId receipt) {
        Entry fact = archive.entry(hub.getBean(Mapper.class).map(receipt));
        assertThat(fact.type()).isEqualTo(MappedInterchange.MAPPED);
        assertThat(fact.attributes()).containsEntry(Entry.ABOUT, receipt.toString());
        return CanonicalJson.read(archive.payload(fact.id()), MappedInterchange.class);
    }

    private static Outcome only(MappedInterchange mapped) {
        assertThat(mapped.documents()).hasSize(1);
        return mapped.documents().get(0);
    }

    private AnnotationConfigApplicationContext hub(DataSource database) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of("lonja.config", Path.of("").toAbsolutePath().toString())));
        context.registerBean(DataSource.class, () -> database);
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(database));
        context.registerBean(JdbcTransactionManager.class, () -> new JdbcTransactionManager(database));
        // The archive outlives the hubs of a test.
        context.registerBean(Archive.class, () -> archive, definition -> definition.setDestroyMethodName(""));
        context.registerBean(Clock.class, () -> clock);
        context.registerBean(Alarms.class, Silence::new);
        context.registerBean(TradingPartners.class, () -> partners);
        context.registerBean("guides", Guides.class, Shipped::guides);
        context.registerBean("mapping", Mapping.class, Shipped::mapping);
        Stream.of("archive.Appliers", "document.Document", "edi.Edi", "edi.Reading", "mapping.Mapping")
                .forEach(name -> context.register(configuration("io.lonja.%sConfiguration".formatted(name))));
        context.refresh();
        return context;
    }

    private static Class<?> configuration(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String gln(String duns) {
        return "841" + duns + "0";
    }

    private static TradingPartner partner(PartyId id, Role role, String x12, String duns, String... guides) {
        return new TradingPartner(
                id,
                id.value(),
                Set.of(role),
                Set.of(
                        new Identity(Scheme.X12, "ZZ", x12),
                        new Identity(Scheme.EDIFACT, "ZZZ", x12),
                        new Identity(Scheme.DUNS, "", duns),
                        new Identity(Scheme.GLN, "", gln(duns))),
                Stream.of(guides)
                        .map(guide -> new Agreement(
                                guide.endsWith("850") || guide.endsWith("orders") ? "purchase-order" : "invoice",
                                Agreement.Direction.INBOUND,
                                guide,
                                Agreement.AcknowledgmentPolicy.ALWAYS,
                                null,
                                null,
                                false,
                                false,
                                false))
                        .toList(),
                Currency.getInstance("EUR"),
                TradingPartner.DuplicatePolicy.TA1,
                false,
                false,
                InterchangeNumbers.ANY,
                WireForm.USUAL,
                new Channels(null, null, id.value()),
                "1");
    }

    /** The partners of these tests. */
    private record Directory(List<TradingPartner> all, AtomicLong changedAt) implements TradingPartners {

        @Override
        public boolean changedSince(EntryId entry) {
            return changedAt.get() > entry.sequence();
        }

        @Override
        public Optional<TradingPartner> find(PartyId id) {
            return all.stream().filter(partner -> partner.id().equals(id)).findFirst();
        }

        @Override
        public Optional<TradingPartner> bearing(Identity identity) {
            return all.stream()
                    .filter(partner -> partner.identities().contains(identity))
                    .findFirst();
        }
    }

    private static final class Silence implements Alarms {
        @Override
        public void open(String cause, String sentence, Instant at) {}

        @Override
        public void close(String cause, Instant at) {}
    }
}
