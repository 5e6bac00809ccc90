package io.lonja.access;

import io.lonja.access.ClientFacts.Registered;
import io.lonja.access.ClientFacts.Revoked;
import io.lonja.access.ClientFacts.Rotated;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.archive.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Gives clients access and takes it; what the state forbids is an outcome with a sentence and changes nothing. */
class ClientEffect implements Effect {

    private final ClientTable clients;
    private final Commands.Outcomes outcomes;

    ClientEffect(ClientTable clients, Commands.Outcomes outcomes) {
        this.clients = clients;
        this.outcomes = outcomes;
    }

    @Override
    public Lane lane() {
        return Lane.RECEIPTS;
    }

    @Override
    public int step() {
        return 40;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(ClientFacts.REGISTERED)
                || type.equals(ClientFacts.ROTATED)
                || type.equals(ClientFacts.REVOKED);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        if (entry.type().equals(ClientFacts.REGISTERED)) {
            Registered fact = CanonicalJson.read(payload, Registered.class);
            settle(entry, request(fact), register(entry, fact));
        } else if (entry.type().equals(ClientFacts.ROTATED)) {
            Rotated fact = CanonicalJson.read(payload, Rotated.class);
            settle(entry, request(fact), rotate(entry, fact));
        } else {
            settle(entry, "", revoke(entry, CanonicalJson.read(payload, Revoked.class)));
        }
    }

    /** What a caller asked for, without the secret that the hub made for it: equal for a repeated request. */
    static String request(Registered fact) {
        return text(new Registered(fact.clientId(), fact.party(), fact.scopes(), ""));
    }

    static String request(Rotated fact) {
        return text(new Rotated(fact.clientId(), ""));
    }

    private Answer register(Entry entry, Registered fact) {
        if (active(fact.clientId()).isPresent()) {
            return refusal(
                    409,
                    "client-exists",
                    "There is a client %s already; rotate its secret, or revoke it first.".formatted(fact.clientId()));
        }
        clients.insert(fact, entry.id().sequence(), entry.arrivedAt());
        return resource(201, fact.clientId());
    }

    private Answer rotate(Entry entry, Rotated fact) {
        if (active(fact.clientId()).isEmpty()) {
            return refusal(404, "not-found", "There is no client %s.".formatted(fact.clientId()));
        }
        clients.changeSecret(fact, entry.id().sequence(), entry.arrivedAt());
        return resource(200, fact.clientId());
    }

    private Answer revoke(Entry entry, Revoked fact) {
        Optional<ApiClient> client = active(fact.clientId());
        if (client.isEmpty()) {
            return refusal(404, "not-found", "There is no client %s.".formatted(fact.clientId()));
        }
        if (client.get().party().isEmpty() && clients.activeOperators() == 1) {
            return refusal(
                    409,
                    "last-operator",
                    "%s is the last client of the operator; register another one first.".formatted(fact.clientId()));
        }
        clients.revoke(fact.clientId(), entry.arrivedAt());
        return resource(200, fact.clientId());
    }

    private Optional<ApiClient> active(String clientId) {
        return clients.find(clientId).map(ClientTable.Row::client).filter(ApiClient::isActive);
    }

    private Answer resource(int status, String clientId) {
        return new Answer(
                status,
                CanonicalJson.of(clients.find(clientId).orElseThrow().client().view()));
    }

    private Answer refusal(int status, String type, String detail) {
        return new Answer(status, Commands.Outcomes.problem(status, type, detail));
    }

    private void settle(Entry entry, String request, Answer answer) {
        outcomes.record(entry, answer.status(), answer.body());
        String actor = entry.attributes().get(Commands.ACTOR);
        String key = entry.attributes().get(Commands.IDEMPOTENCY_KEY);
        if (actor != null && key != null && !request.isEmpty()) {
            clients.remember(
                    actor,
                    key,
                    new ClientTable.Asked(
                            entry.type().name(), request, new Outcome(entry.id(), answer.status(), answer.body())));
        }
    }

    /** What the caller is told. */
    private record Answer(int status, byte[] body) {}

    private static String text(Object fact) {
        return new String(CanonicalJson.of(fact), StandardCharsets.UTF_8);
    }
}
