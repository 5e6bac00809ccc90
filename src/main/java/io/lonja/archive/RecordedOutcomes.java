package io.lonja.archive;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What became of commands, by entry and by the key that the actor gave. */
final class RecordedOutcomes implements Commands.Outcomes {

    private final JdbcClient jdbc;

    RecordedOutcomes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void record(Entry command, int status, byte[] body) {
        String actor = command.attributes().get(Commands.ACTOR);
        if (actor == null) {
            throw new IllegalArgumentException("Entry %s (%s) is no command: it names no actor"
                    .formatted(command.id(), command.type().name()));
        }
        jdbc.sql("""
                        INSERT INTO command_outcome (entry, actor, idempotency_key, fact_type, body_digest, status, body)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        command.id().sequence(),
                        actor,
                        command.attributes().get(Commands.IDEMPOTENCY_KEY),
                        command.type().name(),
                        command.payloadDigest().hex(),
                        status,
                        new String(body, StandardCharsets.UTF_8))
                .update();
    }

    Optional<Outcome> of(EntryId command) {
        return jdbc.sql("SELECT entry, status, body FROM command_outcome WHERE entry = ?")
                .param(command.sequence())
                .query((row, number) -> outcome(row.getLong("entry"), row.getInt("status"), row.getString("body")))
                .optional();
    }

    /** The first use of a key by this actor. */
    Optional<FirstUse> of(String actor, String idempotencyKey) {
        return jdbc.sql("""
                        SELECT entry, fact_type, body_digest, status, body FROM command_outcome
                        WHERE actor = ? AND idempotency_key = ?
                        """)
                .params(actor, idempotencyKey)
                .query((row, number) -> new FirstUse(
                        row.getString("fact_type"),
                        Sha256.fromHex(row.getString("body_digest")),
                        outcome(row.getLong("entry"), row.getInt("status"), row.getString("body"))))
                .optional();
    }

    private static Outcome outcome(long entry, int status, String body) {
        return new Outcome(new EntryId(entry), status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A key's command and what it was told. */
    record FirstUse(String type, Sha256 bodyDigest, Outcome outcome) {}
}
