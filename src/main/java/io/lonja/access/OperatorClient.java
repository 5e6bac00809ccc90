package io.lonja.access;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Command;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Gives the operator access at the first start. The file is written before the client is registered, so that a crash
 * between the two loses nothing: the next start registers the secret it finds.
 */
class OperatorClient implements SmartLifecycle {

    /** After the archive took effect, before the web server (whose phase is {@code Integer.MAX_VALUE - 1024}). */
    static final int PHASE = Integer.MAX_VALUE - 4096;

    /** Actor of what the hub does by itself. */
    private static final String HUB = "hub";

    private static final Logger LOG = LoggerFactory.getLogger(OperatorClient.class);

    private final ClientTable clients;
    private final Commands commands;
    private final OperatorFile file;
    private final boolean newSecret;
    private volatile boolean running;

    /** @param newSecret whether the owner of the data folder asked for a new secret, because the old one is lost */
    OperatorClient(ClientTable clients, Commands commands, OperatorFile file, boolean newSecret) {
        this.clients = clients;
        this.commands = commands;
        this.file = file;
        this.newSecret = newSecret;
    }

    @Override
    public void start() {
        Optional<ClientTable.Row> operator =
                clients.find(OperatorFile.CLIENT_ID).filter(row -> row.client().isActive());
        if (operator.isEmpty()) {
            register();
        } else if (newSecret) {
            rotate();
        } else {
            warnIfStale(operator.get());
        }
        running = true;
    }

    private void register() {
        if (file.secret().isEmpty()) {
            file.keep(ClientSecret.fresh());
        }
        List<String> scopes =
                Arrays.stream(Scope.values()).map(Scope::wireName).sorted().toList();
        execute(new Command(
                ClientFacts.REGISTERED,
                HUB,
                null,
                CanonicalJson.of(new ClientFacts.Registered(OperatorFile.CLIENT_ID, null, scopes, hash()))));
        LOG.info("The operator's credentials are in {}", file.path());
    }

    private void rotate() {
        file.keep(ClientSecret.fresh());
        execute(new Command(
                ClientFacts.ROTATED,
                HUB,
                null,
                CanonicalJson.of(new ClientFacts.Rotated(OperatorFile.CLIENT_ID, hash()))));
        LOG.info("The operator has a new secret, in {}; start without lonja.operator.new-secret again", file.path());
    }

    private String hash() {
        return ClientSecret.HASH.encode(file.secret().orElseThrow());
    }

    private void execute(Command command) {
        int status = commands.execute(command, Effect.Lane.RECEIPTS).status();
        if (status >= 300) {
            throw new IllegalStateException("The operator's client could not be registered: " + status);
        }
    }

    private void warnIfStale(ClientTable.Row operator) {
        file.secret()
                .filter(secret -> !ClientSecret.HASH.matches(secret, operator.secretHash()))
                .ifPresent(stale -> LOG.warn(
                        "{} holds an old secret; --lonja.operator.new-secret=true makes a new one", file.path()));
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
