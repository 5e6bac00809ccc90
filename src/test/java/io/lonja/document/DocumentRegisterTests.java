package io.lonja.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.TestDatabase;
import io.lonja.alarm.Alarms;
import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.document.MappedInterchange.Outcome;
import io.lonja.document.RegisteredDocument.State;
import io.lonja.party.PartyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ParameterizedClass
@EnumSource(TestDatabase.Vendor.class)
class DocumentRegisterTests {

    private static final PartyId SUPPLIER = new PartyId("valle-foods");
    private static final PartyId MEMBER = new PartyId("hotel-miramar");

    private final DocumentRegister register;
    private final List<String> heard = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();
    private final Bells bells = new Bells();
    private final DocumentEffect effect;

    DocumentRegisterTests(TestDatabase.Vendor vendor) {
        JdbcClient jdbc = JdbcClient.create(vendor.fresh());
        register = new DocumentRegister(jdbc);
        effect = new DocumentEffect(
                jdbc,
                bells,
                (command, status, body) -> told.add(status),
                () -> List.of(new Suspicion()),
                () -> List.of(listener(30, "third"), listener(10, "first")));
    }

    @Test
    void booksADocumentOnceAndTellsItsListenersInTheOrderOfTheirSteps() {
        apply(5, 3, outcome(invoice("004711", 100), false));
        apply(6, 3, outcome(invoice("004711", 100), false));

        RegisteredDocument booked = register.find("3-0").orElseThrow();
        assertThat(booked.state()).isEqualTo(State.BOOKED);
        assertThat(booked.partner()).isEqualTo(SUPPLIER);
        assertThat(booked.counterparty()).isEqualTo(MEMBER);
        assertThat(String.valueOf(booked.total())).isEqualTo("124.00 EUR");
        assertThat(booked.content()).isEqualTo(invoice("004711", 100));
        assertThat(heard).containsExactly("first 004711 5-0", "third 004711 5-0");
    }

    @Test
    void letsTheSameContentOfAnotherTransmissionHaveNoEffect() {
        apply(5, 3, outcome(invoice("004711", 100), false));
        apply(8, 7, outcome(invoice("004711", 5000), false));

        RegisteredDocument repeat = register.find("7-0").orElseThrow();
        assertThat(repeat.state()).isEqualTo(State.REPEAT);
        assertThat(repeat.repeats()).isEqualTo("3-0");
        assertThat(heard).hasSize(2);
        assertThat(bells.open).isEmpty();
    }

    @Test
    void holdsOtherContentUnderTheSameNumberWithAnAlarm() {
        apply(5, 3, outcome(invoice("004711", 100), false));
        PricedDocument first = invoice("004711", 100);
        apply(8, 7, outcome(with(first, first.lines().subList(0, 0)), false));

        assertThat(register.find("7-0").orElseThrow().state()).isEqualTo(State.HELD);
        assertThat(heard).hasSize(2);
        assertThat(bells.open).containsExactly("document-conflict:valle-foods:invoice:004711:2026-11-02");
    }

    @Test
    void holdsWhatTakesEffectTogetherWithADocumentOfATakenNumber() {
        apply(5, 3, outcome(invoice("004711", 100), false));
        PricedDocument first = invoice("004711", 100);
        apply(
                8,
                7,
                together(0, invoice("004712", 100)),
                together(1, with(first, List.of())),
                outcome(2, invoice("004713", 100), null));

        assertThat(states("7-0", "7-1", "7-2")).containsExactly(State.HELD, State.HELD, State.BOOKED);
        assertThat(register.find("7-0").orElseThrow().problems())
                .extracting(MappingProblem::code)
                .containsExactly(MappingProblem.HELD_TOGETHER);
        assertThat(bells.open).containsExactly("document-conflict:valle-foods:invoice:004711:2026-11-02");
        assertThat(heard).hasSize(4);
    }

    @Test
    void holdsWhatACheckObjectsToUntilItIsReleasedAsIfItCameThen() {
        apply(5, 3, outcome(invoice("suspect", 100), false));
        assertThat(states("3-0")).containsExactly(State.HELD);
        assertThat(heard).containsExactly("held suspect 5-0");
        assertThat(bells.open).as("the check tells").isEmpty();

        release(6, "3-0");
        release(7, "3-0");
        release(8, "4-0");
        assertThat(states("3-0")).containsExactly(State.BOOKED);
        assertThat(register.find("3-0").orElseThrow().problems()).isEmpty();
        assertThat(heard).containsExactly("held suspect 5-0", "first suspect 6-0", "third suspect 6-0");
        assertThat(told).containsExactly(200, 409, 404);

        apply(10, 9, outcome(invoice("suspect", 5000), false));
        assertThat(states("9-0")).containsExactly(State.REPEAT);
    }

    @Test
    void holdsWithItWhatShouldTakeEffectTogether() {
        apply(5, 3, together(0, invoice("suspect", 100)), together(1, invoice("004711", 100)));
        assertThat(states("3-0", "3-1")).containsExactly(State.HELD, State.HELD);
        assertThat(heard).containsExactly("held suspect 5-0");
    }

    @Test
    void releasesNothingThatIsHeldForAProblem() {
        MappingProblem problem = MappingProblem.of("total-differs", "TDS differs.", "TDS", 9, new ByteRange(1, 2));
        apply(5, 3, outcome(invoice("suspect", 100), false, problem));
        release(6, "3-0");
        assertThat(states("3-0")).containsExactly(State.HELD);
        assertThat(told).containsExactly(409);
        assertThat(heard).isEmpty();
    }

    @Test
    void holdsTwoOfOneNumberThatShouldTakeEffectTogether() {
        PricedDocument first = invoice("004711", 100);
        apply(5, 3, together(0, first), together(1, with(first, List.of())));

        assertThat(states("3-0", "3-1")).containsExactly(State.HELD, State.HELD);
        assertThat(register.find("3-1").orElseThrow().problems())
                .extracting(MappingProblem::code)
                .containsExactly("document-twice");
        assertThat(bells.open).containsExactly("document-held:valle-foods:invoice:004711");
        assertThat(heard).isEmpty();
    }

    @Test
    void booksWhatTakesEffectTogetherAndCameInPartBefore() {
        apply(5, 3, outcome(invoice("004711", 100), false));
        apply(8, 7, together(0, invoice("004711", 100)), together(1, invoice("004712", 100)));

        assertThat(states("7-0", "7-1")).containsExactly(State.REPEAT, State.BOOKED);
    }

    @Test
    void letsACorrectedDocumentFollowOneThatWasRefused() {
        MappingProblem problem = MappingProblem.of("total-differs", "TDS differs.", "TDS", 9, new ByteRange(1, 2));
        Outcome refused = outcome(invoice("004711", 100), false, problem).refusedForGood();
        apply(5, 3, refused);
        apply(6, 4, refused);
        assertThat(states("3-0", "4-0")).containsExactly(State.REFUSED, State.REFUSED);
        assertThat(register.find("3-0").orElseThrow().unmapped()).isTrue();
        assertThat(bells.open).containsOnly("document-held:valle-foods:invoice:004711");
        assertThat(heard).isEmpty();

        apply(8, 7, outcome(invoice("004711", 100), false));
        assertThat(states("7-0")).containsExactly(State.BOOKED);
        bells.close("document-held:valle-foods:invoice:004711", Instant.EPOCH);
        assertThat(bells.open).isEmpty();
        assertThat(heard).hasSize(2);

        apply(9, 8, refused);
        assertThat(states("8-0"))
                .as("its sender was told, whatever came in between")
                .containsExactly(State.REFUSED);
    }

    @Test
    void registersARefusedTestWithoutAnAlarm() {
        MappingProblem problem = MappingProblem.of("total-differs", "TDS differs.", "TDS", 9, new ByteRange(1, 2));
        apply(5, 3, outcome(invoice("004711", 100), true, problem).refusedForGood());
        assertThat(states("3-0")).containsExactly(State.TEST);
        assertThat(bells.open).isEmpty();
    }

    @Test
    void letsACorrectedDocumentFollowOneThatWasHeld() {
        MappingProblem problem = MappingProblem.of("total-differs", "TDS differs.", "TDS", 9, new ByteRange(1, 2));
        apply(5, 3, outcome(invoice("004711", 100), false, problem));
        assertThat(register.find("3-0").orElseThrow().problems()).containsExactly(problem);
        assertThat(bells.open).containsExactly("document-held:valle-foods:invoice:004711");

        apply(8, 7, outcome(invoice("004711", 100), false));

        assertThat(register.find("7-0").orElseThrow().state()).isEqualTo(State.BOOKED);
        assertThat(bells.open).isEmpty();
        assertThat(heard).hasSize(2);
    }

    @Test
    void showsADocumentToItsSenderItsBuyerAndItsSellerOnly() {
        apply(5, 3, outcome(invoice("004711", 100), false));

        assertThat(register.find("3-0", SUPPLIER)).isPresent();
        assertThat(register.find("3-0", MEMBER)).isPresent();
        assertThat(register.find("3-0", new PartyId("casa-lucia"))).isEmpty();
        assertThat(register.find("3-0", null)).isPresent();
    }

    /** Buyers count the changes of each order from 1. */
    @Test
    void namesAChangeWithinItsOrderAndLetsAnswersToItBeGivenAnew() {
        apply(5, 3, ofAChange(DocumentType.ORDER_CHANGE, "PO-1", Change.CHANGED, null));
        apply(6, 4, ofAChange(DocumentType.ORDER_CHANGE, "PO-2", Change.CHANGED, null));
        apply(8, 7, ofAChange(DocumentType.ORDER_CHANGE, "PO-1", Change.CHANGED, null));
        apply(10, 9, ofAChange(DocumentType.ORDER_CHANGE, "PO-1", Change.CANCELLED, null));
        assertThat(states("3-0", "4-0", "7-0", "9-0"))
                .containsExactly(State.BOOKED, State.BOOKED, State.REPEAT, State.HELD);
        apply(12, 11, ofAChange(DocumentType.ORDER_CHANGE_RESPONSE, "PO-1", null, Answer.REJECTED));
        apply(14, 13, ofAChange(DocumentType.ORDER_CHANGE_RESPONSE, "PO-1", null, Answer.ACCEPTED));
        assertThat(states("11-0", "13-0")).containsExactly(State.BOOKED, State.BOOKED);
    }

    private static Outcome ofAChange(
            DocumentType type, String order, @Nullable Change change, @Nullable Answer answer) {
        PricedDocument like = PricedDocumentTests.invoice(100);
        Sha256 digest = Sha256.of(new byte[0]);
        return new Outcome(
                0,
                "000000905",
                "0001",
                "x12-004010-860",
                digest,
                digest,
                false,
                type.byBuyer() ? MEMBER : SUPPLIER,
                MEMBER,
                SUPPLIER,
                new ByteRange(100, 400),
                type,
                new PricedDocument(
                        type,
                        "1",
                        like.date(),
                        like.currency(),
                        like.parties(),
                        new TreeMap<>(Map.of("purchase-order", List.of(order))),
                        like.dates(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        like.totals(),
                        answer,
                        false,
                        change),
                List.of(),
                null,
                false);
    }

    @Test
    void registersATestWithoutEffectAndWithoutBlockingTheRealOne() {
        apply(5, 3, outcome(invoice("004711", 100), true));
        apply(8, 7, outcome(invoice("004711", 100), false));

        assertThat(register.find("3-0").orElseThrow().state()).isEqualTo(State.TEST);
        assertThat(register.find("7-0").orElseThrow().state()).isEqualTo(State.BOOKED);
    }

    @Test
    void registersWhatSaysTooLittleToBeADocument() {
        MappingProblem problem = MappingProblem.of("number-missing", "No number.", "BIG", 2, new ByteRange(1, 2));
        apply(5, 3, outcome(null, false, problem));

        RegisteredDocument held = register.find("3-0").orElseThrow();
        assertThat(held.state()).isEqualTo(State.HELD);
        assertThat(held.number()).isNull();
        assertThat(held.content()).isNull();
        assertThat(bells.open).containsExactly("document-held:3-0");
    }

    @Test
    void findsByNumberByItsBeginningByControlNumberAndByParty() {
        for (int i = 1; i <= 5; i++) {
            apply(10 + 2L * i, 9 + 2L * i, outcome(invoice("47_1" + i, 100), false));
        }

        assertThat(ids(query("47_13", null, null, null), null, 10)).containsExactly("15-0");
        assertThat(ids(query(null, null, "47_", null), null, 10)).hasSize(5);
        assertThat(ids(query(null, null, "47%", null), null, 10)).isEmpty();
        assertThat(ids(query(null, "0001", null, null), null, 10)).hasSize(5);
        assertThat(ids(query(null, null, "000000905", null), null, 10)).hasSize(5);
        assertThat(ids(query(null, null, null, MEMBER), null, 10)).hasSize(5);
        assertThat(ids(query(null, null, null, new PartyId("casa-lucia")), null, 10))
                .isEmpty();
        assertThat(ids(query(null, null, null, null), null, 2)).containsExactly("19-0", "17-0");
        assertThat(ids(query(null, null, null, null), "17-0", 2)).containsExactly("15-0", "13-0");
        assertThatThrownBy(() -> ids(query(null, null, null, null), "x", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Not a document id");
    }

    private List<String> ids(DocumentQuery query, @Nullable String after, int limit) {
        return register.search(query, after, limit).stream()
                .map(RegisteredDocument::id)
                .toList();
    }

    private static DocumentQuery query(
            @Nullable String number,
            @Nullable String controlNumber,
            @Nullable String text,
            @Nullable PartyId visibleTo) {
        return new DocumentQuery(number, null, null, controlNumber, text, visibleTo);
    }

    private List<State> states(String... ids) {
        return Stream.of(ids).map(id -> register.find(id).orElseThrow().state()).toList();
    }

    private void release(long fact, String document) {
        byte[] payload = CanonicalJson.of(new DocumentRelease(document, "Both are meant"));
        effect.apply(
                new Entry(
                        new EntryId(fact),
                        DocumentRelease.RELEASED,
                        Instant.parse("2026-11-21T11:00:00Z"),
                        new TreeMap<>(),
                        Sha256.of(payload),
                        payload.length),
                payload);
    }

    /** Of whatever bears that word for a number. */
    private final class Suspicion implements BookingCheck {

        @Override
        public String code() {
            return "suspected";
        }

        @Override
        public Optional<MappingProblem> objection(DocumentAccepted candidate) {
            return candidate.document().number().equals("suspect")
                    ? Optional.of(MappingProblem.of("suspected", "It is suspected.", "", 0, new ByteRange(1, 2)))
                    : Optional.empty();
        }

        @Override
        public void held(DocumentAccepted candidate) {
            heard.add("held %s %s-%d".formatted(candidate.document().number(), candidate.fact(), candidate.ordinal()));
        }
    }

    private static Outcome together(int ordinal, PricedDocument content) {
        return outcome(ordinal, content, 0);
    }

    private void apply(long fact, long receipt, Outcome... outcomes) {
        byte[] payload = CanonicalJson.of(new MappedInterchange(new EntryId(receipt), "test", List.of(outcomes)));
        effect.apply(
                new Entry(
                        new EntryId(fact),
                        MappedInterchange.MAPPED,
                        Instant.parse("2026-11-21T10:00:00Z"),
                        new TreeMap<>(),
                        Sha256.of(payload),
                        payload.length),
                payload);
    }

    private static Outcome outcome(@Nullable PricedDocument content, boolean test, MappingProblem... problems) {
        return outcome(0, content, test, null, problems);
    }

    private static Outcome outcome(int ordinal, PricedDocument content, @Nullable Integer together) {
        return outcome(ordinal, content, false, together);
    }

    private static Outcome outcome(
            int ordinal,
            @Nullable PricedDocument content,
            boolean test,
            @Nullable Integer together,
            MappingProblem... problems) {
        Sha256 digest = Sha256.of(new byte[0]);
        return new Outcome(
                ordinal,
                "000000905",
                "0001",
                "x12-004010-810",
                digest,
                digest,
                test,
                SUPPLIER,
                MEMBER,
                SUPPLIER,
                new ByteRange(100, 400),
                DocumentType.INVOICE,
                content,
                List.of(problems),
                together,
                false);
    }

    private static PricedDocument invoice(String number, long offset) {
        PricedDocument invoice = PricedDocumentTests.invoice(offset);
        return new PricedDocument(
                invoice.type(),
                number,
                invoice.date(),
                invoice.currency(),
                invoice.parties(),
                invoice.references(),
                invoice.dates(),
                invoice.lines(),
                invoice.adjustments(),
                invoice.taxes(),
                invoice.totals());
    }

    private static PricedDocument with(PricedDocument of, List<PricedDocument.Line> lines) {
        return new PricedDocument(
                of.type(),
                of.number(),
                of.date(),
                of.currency(),
                of.parties(),
                of.references(),
                of.dates(),
                lines,
                of.adjustments(),
                of.taxes(),
                of.totals());
    }

    private DocumentListener listener(int step, String name) {
        return new DocumentListener() {
            @Override
            public int step() {
                return step;
            }

            @Override
            public void on(DocumentAccepted event) {
                heard.add("%s %s %s-%d".formatted(name, event.document().number(), event.fact(), event.ordinal()));
            }
        };
    }

    private static final class Bells implements Alarms {
        private final List<String> open = new ArrayList<>();

        @Override
        public void open(String cause, String sentence, Instant at) {
            assertThat(sentence).doesNotContain("null").endsWith(".");
            open.add(cause);
        }

        @Override
        public void close(String cause, Instant at) {
            open.remove(cause);
        }
    }
}
