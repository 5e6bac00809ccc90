package io.lonja.document;

import io.lonja.alarm.Alarms;
import io.lonja.archive.ArchiveRef;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.archive.Sha256;
import io.lonja.document.MappedInterchange.Outcome;
import io.lonja.document.RegisteredDocument.State;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Registers what was mapped, and lets each new document take effect once. Sender, type, number and date name a
 * document: a second one with equal content has no effect, with other content it is held, with an alarm. What was held
 * or refused before never blocks a corrected one. Only a response to an order or to a change may be given anew under the same
 * name: a supplier that answers otherwise means its newest answer. Changes are named within their order, and a request for
 * quotation by whom it asks as well. What is held takes effect by a later fact that maps it again.
 */
final class DocumentEffect implements Effect {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final JdbcClient jdbc;
    private final Alarms alarms;
    private final Commands.Outcomes outcomes;
    private final Supplier<List<BookingCheck>> checks;
    private final Supplier<List<DocumentListener>> listeners;
    private @Nullable List<DocumentListener> inOrder;
    private @Nullable List<BookingCheck> asked;

    /**
     * @param checks asked for once, when the first document is registered
     * @param listeners likewise
     */
    DocumentEffect(
            JdbcClient jdbc,
            Alarms alarms,
            Commands.Outcomes outcomes,
            Supplier<List<BookingCheck>> checks,
            Supplier<List<DocumentListener>> listeners) {
        this.jdbc = jdbc;
        this.alarms = alarms;
        this.outcomes = outcomes;
        this.checks = checks;
        this.listeners = listeners;
    }

    @Override
    public Lane lane() {
        return Lane.BOOKS;
    }

    @Override
    public int step() {
        return 20;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(MappedInterchange.MAPPED) || type.equals(DocumentRelease.RELEASED);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        if (entry.type().equals(DocumentRelease.RELEASED)) {
            release(entry, CanonicalJson.read(payload, DocumentRelease.class));
            return;
        }
        MappedInterchange mapped = CanonicalJson.read(payload, MappedInterchange.class);
        for (Outcome outcome : TakingEffectTogether.of(
                mapped.documents(),
                outcome -> conflict(outcome).isPresent()
                        || objection(entry, mapped, outcome).isPresent())) {
            String id = RegisteredDocument.idOf(mapped.receipt(), outcome.ordinal());
            if (!registered(id) || held(id, outcome, entry)) {
                register(id, entry, mapped, outcome);
            }
        }
    }

    /**
     * Whether the entry maps again what was held until now: what it says stands for that from here on, and so does its alarm
     * where it stays held.
     */
    private boolean held(String id, Outcome outcome, Entry entry) {
        boolean held = entry.attributes().containsKey(MappedInterchange.REPLAY)
                && jdbc.sql("DELETE FROM document WHERE id = ? AND state = ?")
                                .params(id, State.HELD.wireName())
                                .update()
                        > 0;
        BusinessDocument content = outcome.content();
        if (held) {
            alarms.close(unreadableCause(id), entry.arrivedAt());
            if (content != null) {
                alarms.close(heldCause(outcome, content), entry.arrivedAt());
            }
        }
        return held;
    }

    /** The booked document that keeps this one from being booked. */
    private Optional<Earlier> conflict(Outcome outcome) {
        BusinessDocument content = outcome.content();
        return content == null || outcome.test() || outcome.type().answers()
                ? Optional.empty()
                : booked(outcome.sender(), content, outcome.seller())
                        .filter(earlier -> !earlier.digest().equals(content.contentDigest()));
    }

    /** What keeps a document from being booked that nothing else is wrong with. */
    private Optional<Objection> objection(Entry entry, MappedInterchange mapped, Outcome outcome) {
        BusinessDocument content = outcome.content();
        if (content == null
                || outcome.test()
                || outcome.refused()
                || !outcome.problems().isEmpty()
                || checks().isEmpty()) {
            return Optional.empty();
        }
        DocumentAccepted candidate = event(entry, mapped, outcome, content);
        for (BookingCheck check : checks()) {
            Optional<MappingProblem> problem = check.objection(candidate);
            if (problem.isPresent()) { // What is a repeat or a conflict anyhow is that.
                return booked(outcome.sender(), content, outcome.seller()).isPresent()
                        ? Optional.empty()
                        : Optional.of(new Objection(check, problem.get()));
            }
        }
        return Optional.empty();
    }

    private void register(String id, Entry entry, MappedInterchange mapped, Outcome outcome) {
        Optional<Objection> objection = objection(entry, mapped, outcome);
        if (objection.isEmpty()) {
            registerUnopposed(id, entry, mapped, outcome);
            return;
        }
        BusinessDocument content = Objects.requireNonNull(outcome.content());
        insert(id, entry, mapped, outcome.with(objection.get().problem()), content.contentDigest(), State.HELD, null);
        objection.get().check().held(event(entry, mapped, outcome, content));
    }

    private void registerUnopposed(String id, Entry entry, MappedInterchange mapped, Outcome outcome) {
        BusinessDocument content = outcome.content();
        Sha256 digest = content == null ? null : content.contentDigest();
        Optional<Earlier> earlier = content == null || outcome.test()
                ? Optional.empty()
                : booked(outcome.sender(), content, outcome.seller());
        boolean conflict = earlier.isPresent() && !outcome.type().answers();
        boolean repeat = digest != null
                && earlier.map(Earlier::digest).filter(digest::equals).isPresent();
        State state;
        if (outcome.test()) {
            state = State.TEST;
        } else if (outcome.refused()) {
            state = State.REFUSED; // Whatever is known by now: its sender was told.
        } else if (repeat) {
            state = State.REPEAT;
        } else if (!outcome.problems().isEmpty() || conflict) {
            state = State.HELD;
        } else {
            state = State.BOOKED;
        }
        insert(
                id,
                entry,
                mapped,
                outcome,
                digest,
                state,
                state == State.REPEAT ? earlier.map(Earlier::id).orElse(null) : null);
        if (state == State.REFUSED && !onlyTogether(outcome)) {
            openAlarm(id, entry, outcome, Optional.empty());
        } else if (state == State.HELD && !onlyTogether(outcome)) {
            openAlarm(id, entry, outcome, conflict ? earlier : Optional.empty());
        } else if (state == State.BOOKED && content != null) {
            alarms.close(heldCause(outcome, content), entry.arrivedAt());
            book(entry, mapped, outcome, content);
        }
    }

    /** The alarm of what it is held with is enough. */
    private static boolean onlyTogether(Outcome outcome) {
        return outcome.problems().size() == 1
                && outcome.problems().get(0).code().equals(MappingProblem.HELD_TOGETHER);
    }

    private void book(Entry entry, MappedInterchange mapped, Outcome outcome, BusinessDocument content) {
        DocumentAccepted event = event(entry, mapped, outcome, content);
        listeners().forEach(listener -> listener.on(event));
    }

    private static DocumentAccepted event(
            Entry entry, MappedInterchange mapped, Outcome outcome, BusinessDocument content) {
        PartyId buyer = outcome.buyer();
        PartyId seller = outcome.seller();
        if (buyer == null || seller == null) {
            throw new IllegalStateException(
                    "Fact %s books the %s without buyer or seller".formatted(entry.id(), content.title()));
        }
        return new DocumentAccepted(
                content,
                buyer,
                seller,
                new DocumentRef(
                        outcome.sender(),
                        content.type(),
                        content.number(),
                        new ArchiveRef(mapped.receipt(), outcome.bytes())),
                entry.id(),
                outcome.ordinal(),
                entry.arrivedAt());
    }

    /** From here on it counts, as if it came now. */
    private void release(Entry entry, DocumentRelease release) {
        Optional<Held> found = jdbc.sql("SELECT * FROM document WHERE id = ?")
                .param(release.document())
                .query(Held::of)
                .optional();
        if (found.isEmpty()) {
            outcomes.refuse(entry, NOT_FOUND, "not-found", "There is no document %s.".formatted(release.document()));
            return;
        }
        Held held = found.get();
        BusinessDocument content = held.content();
        PartyId buyer = held.buyer();
        PartyId seller = held.seller();
        Set<String> codes = checks().stream().map(BookingCheck::code).collect(Collectors.toSet());
        if (held.state() != State.HELD
                || content == null
                || buyer == null
                || seller == null
                || held.problems().isEmpty()
                || !codes.containsAll(held.problems())) {
            outcomes.refuse(
                    entry,
                    CONFLICT,
                    "not-releasable",
                    "Document %s is %s, and not held for a suspicion that an operator can dismiss."
                            .formatted(release.document(), held.state().wireName()));
            return;
        }
        PartyId sender = held.because().sender();
        if (booked(sender, content, seller).isPresent()) {
            outcomes.refuse(
                    entry,
                    CONFLICT,
                    "document-conflict",
                    "Another %s of %s counts already.".formatted(content.title(), sender));
            return;
        }
        jdbc.sql("UPDATE document SET state = ?, problems = '[]' WHERE id = ?")
                .params(State.BOOKED.wireName(), release.document())
                .update();
        DocumentAccepted event = new DocumentAccepted(
                content, buyer, seller, held.because(), entry.id(), held.ordinal(), entry.arrivedAt());
        listeners().forEach(listener -> listener.on(event));
        outcomes.record(
                entry,
                OK,
                CanonicalJson.write(Map.of(
                        "id", release.document(),
                        "status", State.BOOKED.wireName(),
                        "releasedAt", entry.arrivedAt().toString())));
    }

    private void openAlarm(String id, Entry entry, Outcome outcome, Optional<Earlier> earlier) {
        BusinessDocument content = outcome.content();
        String title = content == null ? outcome.type().wireName() : content.title();
        if (content != null && earlier.isPresent()) {
            alarms.open(
                    "document-conflict:%s:%s:%s:%s"
                            .formatted(outcome.sender(), content.type().wireName(), content.number(), content.date()),
                    "%s sent %s again with other content (document %s, first %s); it is held%s. Ask %s which one holds."
                            .formatted(
                                    outcome.sender(),
                                    title,
                                    id,
                                    earlier.get().id(),
                                    withAll(outcome),
                                    outcome.sender()),
                    entry.arrivedAt());
        } else {
            MappingProblem first = outcome.problems().get(0);
            alarms.open(
                    content == null ? unreadableCause(id) : heldCause(outcome, content),
                    "%s of %s is %s (document %s, %d problems)%s. %s"
                            .formatted(
                                    title,
                                    outcome.sender(),
                                    outcome.refused() ? "refused and its sender was told" : "held",
                                    id,
                                    outcome.problems().size(),
                                    withAll(outcome),
                                    first.sentence()),
                    entry.arrivedAt());
        }
    }

    private static String withAll(Outcome outcome) {
        return outcome.together() == null ? "" : ", and with it all of interchange " + outcome.interchange();
    }

    private static String unreadableCause(String id) {
        return "document-held:" + id;
    }

    private static String heldCause(Outcome outcome, BusinessDocument content) {
        String to = content.type() == DocumentType.REQUEST_FOR_QUOTATION ? ":" + outcome.seller() : "";
        return "document-held:%s:%s:%s%s"
                .formatted(outcome.sender(), content.type().wireName(), content.number(), to);
    }

    private boolean registered(String id) {
        return jdbc.sql("SELECT COUNT(*) FROM document WHERE id = ?")
                        .param(id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private Optional<Earlier> booked(PartyId sender, BusinessDocument content, @Nullable PartyId seller) {
        List<String> within = content.within();
        return jdbc
                .sql("""
                        SELECT id, content_digest, content FROM document
                        WHERE number = ? AND sender = ? AND type = ? AND issued = ? AND state = 'booked'
                            AND (type <> 'request-for-quotation' OR seller = ?)
                        ORDER BY fact DESC, ordinal DESC
                        """ + (within.isEmpty() ? "FETCH FIRST 1 ROW ONLY" : ""))
                .params(
                        content.number(),
                        sender.value(),
                        content.type().wireName(),
                        content.date(),
                        seller == null ? "" : seller.value())
                .query((row, number) -> new Earlier(
                        row.getString("id"),
                        Sha256.fromHex(row.getString("content_digest")),
                        within.isEmpty() ? within : within(row.getString("content"))))
                .list()
                .stream()
                .filter(earlier -> earlier.within().equals(within))
                .findFirst();
    }

    private static List<String> within(String content) {
        return CanonicalJson.read(content.getBytes(StandardCharsets.UTF_8), BusinessDocument.class)
                .within();
    }

    private void insert(
            String id,
            Entry entry,
            MappedInterchange mapped,
            Outcome outcome,
            @Nullable Sha256 digest,
            State state,
            @Nullable String repeats) {
        BusinessDocument content = outcome.content();
        jdbc.sql("""
                        INSERT INTO document (id, receipt, ordinal, fact, interchange, control_number, guide, sender,
                            buyer, seller, type, number, issued, currency, total, bytes_from, bytes_to, state, repeats,
                            content, content_digest, problems, recorded_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        id,
                        mapped.receipt().sequence(),
                        outcome.ordinal(),
                        entry.id().sequence(),
                        outcome.interchange(),
                        outcome.controlNumber(),
                        outcome.guide(),
                        outcome.sender().value(),
                        name(outcome.buyer()),
                        name(outcome.seller()),
                        outcome.type().wireName(),
                        content == null ? null : content.number(),
                        content == null ? null : content.date(),
                        content instanceof PricedDocument priced
                                ? priced.currency().getCurrencyCode()
                                : null,
                        total(content),
                        outcome.bytes().from(),
                        outcome.bytes().to(),
                        state.wireName(),
                        repeats,
                        content == null ? null : text(CanonicalJson.of(content)),
                        digest == null ? null : digest.hex(),
                        problems(outcome),
                        entry.arrivedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static @Nullable BigDecimal total(@Nullable BusinessDocument content) {
        return content instanceof PricedDocument priced
                ? priced.totals().payable().amount()
                : null;
    }

    private static String problems(Outcome outcome) {
        StringBuilder json = new StringBuilder("[");
        for (MappingProblem problem : outcome.problems()) {
            (json.length() == 1 ? json : json.append(',')).append(text(CanonicalJson.of(problem)));
        }
        return json.append(']').toString();
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static @Nullable String name(@Nullable PartyId party) {
        return party == null ? null : party.value();
    }

    private List<DocumentListener> listeners() {
        List<DocumentListener> known = inOrder;
        if (known == null) {
            known = listeners.get().stream()
                    .sorted(Comparator.comparingInt(DocumentListener::step))
                    .toList();
            inOrder = known;
        }
        return known;
    }

    private List<BookingCheck> checks() {
        List<BookingCheck> known = asked;
        if (known == null) {
            known = checks.get().stream()
                    .sorted(Comparator.comparing(BookingCheck::code))
                    .toList();
            asked = known;
        }
        return known;
    }

    private record Objection(BookingCheck check, MappingProblem problem) {}

    /** A row of the register, as far as it takes to let it count. */
    private record Held(
            State state,
            List<String> problems,
            @Nullable BusinessDocument content,
            @Nullable PartyId buyer,
            @Nullable PartyId seller,
            DocumentRef because,
            int ordinal) {

        static Held of(ResultSet row, int index) throws SQLException {
            RegisteredDocument document = DocumentRegister.document(row, index);
            PartyId sender = document.partner();
            return new Held(
                    document.state(),
                    document.problems().stream().map(MappingProblem::code).toList(),
                    document.content(),
                    party(row.getString("buyer")),
                    party(row.getString("seller")),
                    new DocumentRef(sender, document.type(), String.valueOf(document.number()), document.at()),
                    row.getInt("ordinal"));
        }

        private static @Nullable PartyId party(@Nullable String name) {
            return name == null ? null : new PartyId(name);
        }
    }

    /** A document of the same sender, type, number and date that took effect. */
    private record Earlier(String id, Sha256 digest, List<String> within) {}
}
