package io.lonja.access;

import io.lonja.archive.EntryId;
import io.lonja.archive.Outcome;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The clients as the facts left them: table {@code api_client}. Only {@link ClientEffect} writes. */
class ClientTable {

    private final JdbcClient database;

    ClientTable(JdbcClient database) {
        this.database = database;
    }

    /**
     * A client with what only this module needs.
     *
     * @param credential the entry that set the present secret; tokens carry it, so that they end with the secret
     */
    record Row(ApiClient client, String secretHash, long credential) {}

    /**
     * What a caller asked for under an idempotency key, and what came of it.
     *
     * @param request the command without its secret hash
     * @param outcome without a secret
     */
    record Asked(String fact, String request, Outcome outcome) {}

    List<ApiClient> all() {
        return database.sql("SELECT * FROM api_client ORDER BY client_id")
                .query((row, number) -> row(row).client())
                .list();
    }

    Optional<Row> find(String clientId) {
        return database.sql("SELECT * FROM api_client WHERE client_id = ?")
                .param(clientId)
                .query((row, number) -> row(row))
                .optional();
    }

    Optional<Asked> asked(String actor, String idempotencyKey) {
        return database.sql("SELECT * FROM api_client_request WHERE actor = ? AND request_key = ?")
                .params(actor, idempotencyKey)
                .query((row, number) -> new Asked(
                        row.getString("fact"),
                        row.getString("request"),
                        new Outcome(
                                new EntryId(row.getLong("entry")),
                                row.getInt("status"),
                                row.getString("answer").getBytes(StandardCharsets.UTF_8))))
                .optional();
    }

    int activeOperators() {
        return database.sql("SELECT COUNT(*) FROM api_client WHERE party IS NULL AND revoked_at IS NULL")
                .query(Integer.class)
                .single();
    }

    void insert(ClientFacts.Registered fact, long credential, Instant at) {
        database.sql("DELETE FROM api_client WHERE client_id = ?")
                .param(fact.clientId())
                .update();
        database.sql("INSERT INTO api_client (client_id, party, scopes, secret_hash, credential, registered_at,"
                        + " secret_since) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .param(fact.clientId())
                .param(fact.party())
                .param(String.join(" ", fact.scopes()))
                .param(fact.secretHash())
                .param(credential)
                .param(utc(at))
                .param(utc(at))
                .update();
    }

    void changeSecret(ClientFacts.Rotated fact, long credential, Instant at) {
        database.sql("UPDATE api_client SET secret_hash = ?, credential = ?, secret_since = ? WHERE client_id = ?")
                .params(fact.secretHash(), credential, utc(at), fact.clientId())
                .update();
    }

    void revoke(String clientId, Instant at) {
        database.sql("UPDATE api_client SET revoked_at = ? WHERE client_id = ?")
                .params(utc(at), clientId)
                .update();
    }

    void remember(String actor, String idempotencyKey, Asked asked) {
        database.sql("INSERT INTO api_client_request (actor, request_key, fact, request, entry, status, answer)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")
                .param(actor)
                .param(idempotencyKey)
                .param(asked.fact())
                .param(asked.request())
                .param(asked.outcome().entry().sequence())
                .param(asked.outcome().status())
                .param(new String(asked.outcome().body(), StandardCharsets.UTF_8))
                .update();
    }

    private static Row row(ResultSet row) throws SQLException {
        ApiClient client = new ApiClient(
                row.getString("client_id"),
                Optional.ofNullable(row.getString("party")).map(PartyId::new),
                new TreeSet<>(List.of(row.getString("scopes").split(" "))),
                instant(row, "registered_at"),
                instant(row, "secret_since"),
                row.getObject("revoked_at") == null ? null : instant(row, "revoked_at"));
        return new Row(client, row.getString("secret_hash"), row.getLong("credential"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
