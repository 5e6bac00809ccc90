package io.lonja.mapping;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Command;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.document.DocumentRegister;
import io.lonja.document.MappedInterchange;
import io.lonja.document.RegisteredDocument;
import io.lonja.document.RegisteredDocument.State;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Interchanges whose held documents an operator wants mapped again, by the guides, profiles and tables of now. What is wanted is
 * archived as a command, what it means as one more {@link MappedInterchange}: a rebuild maps nothing again.
 */
public final class Replays implements Effect {

    /** The command, a {@link Wanted}. */
    public static final EntryType TYPE = EntryType.fact("interchange-replay");

    private static final int STEP = 24;
    private static final int DUE_MAX = 1_000;
    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;

    private final JdbcClient jdbc;
    private final DocumentRegister documents;
    private final Commands.Outcomes outcomes;

    Replays(JdbcClient jdbc, DocumentRegister documents, Commands.Outcomes outcomes) {
        this.jdbc = jdbc;
        this.documents = documents;
        this.outcomes = outcomes;
    }

    /**
     * What an operator decided.
     *
     * @param receipt that brought the interchange
     * @param reason in a person's words
     */
    public record Wanted(EntryId receipt, String reason) {}

    /** The held documents of this receipt are mapped again; answered 409 where none is held. */
    public static Command command(String actor, @Nullable String idempotencyKey, Wanted wanted) {
        return new Command(TYPE, actor, idempotencyKey, CanonicalJson.of(wanted));
    }

    /**
     * A replay that is wanted and not done.
     *
     * @param command that wants it
     */
    record Due(EntryId command, EntryId receipt) {}

    /** Oldest first. */
    List<Due> due() {
        return jdbc.sql("SELECT command, receipt FROM due_replay ORDER BY command LIMIT ?")
                .param(DUE_MAX)
                .query((row, number) ->
                        new Due(new EntryId(row.getLong("command")), new EntryId(row.getLong("receipt"))))
                .list();
    }

    @Override
    public Lane lane() {
        return Lane.BOOKS;
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(TYPE) || type.equals(MappedInterchange.MAPPED);
    }

    @Override
    public boolean readsPayload(EntryType type) {
        return type.equals(TYPE);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        if (entry.type().equals(TYPE)) {
            want(entry, CanonicalJson.read(payload, Wanted.class));
            return;
        }
        String command = entry.attributes().get(MappedInterchange.REPLAY);
        if (command != null) {
            jdbc.sql("DELETE FROM due_replay WHERE command = ?")
                    .param(Long.parseLong(command))
                    .update();
        }
    }

    private void want(Entry entry, Wanted wanted) {
        List<String> held = documents.of(wanted.receipt()).stream()
                .filter(document -> document.state() == State.HELD)
                .map(RegisteredDocument::id)
                .toList();
        if (held.isEmpty()) {
            outcomes.refuse(
                    entry,
                    CONFLICT,
                    "nothing-held",
                    "No document of interchange %s is held, so there is nothing to map again."
                            .formatted(wanted.receipt()));
            return;
        }
        jdbc.sql("INSERT INTO due_replay (command, receipt) VALUES (?, ?)")
                .params(entry.id().sequence(), wanted.receipt().sequence())
                .update();
        outcomes.record(
                entry,
                ACCEPTED,
                CanonicalJson.write(Map.of(
                        "id", entry.id().toString(),
                        "interchange", wanted.receipt().toString(),
                        "documents", held)));
    }
}
