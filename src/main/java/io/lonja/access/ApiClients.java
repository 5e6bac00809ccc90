package io.lonja.access;

import io.lonja.access.ClientFacts.Registered;
import io.lonja.access.ClientFacts.Revoked;
import io.lonja.access.ClientFacts.Rotated;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Command;
import io.lonja.archive.Commands;
import io.lonja.archive.Commands.KeyReusedException;
import io.lonja.archive.Effect;
import io.lonja.archive.EntryType;
import io.lonja.archive.Outcome;
import io.lonja.party.PartyId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The programs that may ask for tokens.
 *
 * <p>A secret is shown once, to the caller who asked for it. Because facts do not hold it, a repeated request under the
 * same idempotency key gets the first answer without the secret: whoever lost the first answer rotates again
 * under a new key.
 */
public class ApiClients {

    private final ClientTable clients;
    private final Commands commands;
    private final OperatorFile operatorFile;

    ApiClients(ClientTable clients, Commands commands, OperatorFile operatorFile) {
        this.clients = clients;
        this.commands = commands;
        this.operatorFile = operatorFile;
    }

    /** All that ever were, in order of their ids. */
    public List<ApiClient> all() {
        return clients.all();
    }

    public Optional<ApiClient> find(String clientId) {
        return clients.find(clientId).map(ClientTable.Row::client);
    }

    /**
     * What came of a request for a secret.
     *
     * @param outcome its body is the client, never with the secret
     * @param secret present only in the first answer to a request that was granted
     */
    public record Issued(Outcome outcome, Optional<String> secret) {}

    /**
     * Gives a program access.
     *
     * @param party whom it acts for; null for the operator
     * @throws KeyReusedException when the actor used this key for something else
     */
    public Issued register(
            String clientId, @Nullable PartyId party, SortedSet<Scope> scopes, String actor, @Nullable String key) {
        String secret = ClientSecret.fresh();
        SortedSet<String> names = new TreeSet<>();
        scopes.forEach(scope -> names.add(scope.wireName()));
        Registered fact = new Registered(
                clientId, party == null ? null : party.value(), List.copyOf(names), ClientSecret.HASH.encode(secret));
        return issue(ClientFacts.REGISTERED, secret, ClientEffect.request(fact), fact, actor, key);
    }

    /** Makes a new secret. The old one, and the tokens it opened, are void when this returns. */
    public Issued rotate(String clientId, String actor, @Nullable String key) {
        String secret = ClientSecret.fresh();
        Rotated fact = new Rotated(clientId, ClientSecret.HASH.encode(secret));
        Issued issued = issue(ClientFacts.ROTATED, secret, ClientEffect.request(fact), fact, actor, key);
        if (clientId.equals(OperatorFile.CLIENT_ID)) {
            issued.secret().ifPresent(operatorFile::follow);
        }
        return issued;
    }

    /** Takes the access away. The client's tokens are void when this returns. */
    public Outcome revoke(String clientId, String actor, @Nullable String key) {
        return commands.execute(
                new Command(ClientFacts.REVOKED, actor, key, CanonicalJson.of(new Revoked(clientId))),
                Effect.Lane.RECEIPTS);
    }

    private Issued issue(
            EntryType type, String secret, String request, Object fact, String actor, @Nullable String key) {
        Optional<Outcome> earlier = earlier(type, request, actor, key);
        if (earlier.isPresent()) {
            return new Issued(earlier.get(), Optional.empty());
        }
        try {
            Outcome outcome =
                    commands.execute(new Command(type, actor, key, CanonicalJson.of(fact)), Effect.Lane.RECEIPTS);
            return new Issued(outcome, outcome.status() < 300 ? Optional.of(secret) : Optional.empty());
        } catch (KeyReusedException e) {
            // Two equal requests at once: each made its own secret, so the commands differ though the requests do not.
            return new Issued(earlier(type, request, actor, key).orElseThrow(() -> e), Optional.empty());
        }
    }

    private Optional<Outcome> earlier(EntryType type, String request, String actor, @Nullable String key) {
        if (key == null) {
            return Optional.empty();
        }
        return clients.asked(actor, key).map(asked -> {
            if (asked.fact().equals(type.name()) && asked.request().equals(request)) {
                return asked.outcome();
            }
            throw new KeyReusedException("This Idempotency-Key was used for another request; take a fresh one.");
        });
    }
}
