package io.lonja.archive;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Commands as facts: what the caller is told was durable before, and is told again for the same key. */
final class ArchivedCommands implements Commands {

    private static final int KEY_CHARACTERS_MAX = 255;
    /** Where commands take effect; a key is one actor's in all of them. */
    private static final List<Effect.Lane> LANES = List.of(Effect.Lane.RECEIPTS, Effect.Lane.BOOKS);

    private final Archive archive;
    private final Appliers appliers;
    private final RecordedOutcomes outcomes;
    private final Set<KeyInUse> inFlight = ConcurrentHashMap.newKeySet();

    ArchivedCommands(Archive archive, Appliers appliers, RecordedOutcomes outcomes) {
        this.archive = archive;
        this.appliers = appliers;
        this.outcomes = outcomes;
    }

    @Override
    public Outcome execute(Command command, Effect.Lane lane) {
        String key = command.idempotencyKey();
        if (key == null) {
            return decide(command, lane);
        }
        if (key.length() > KEY_CHARACTERS_MAX) {
            throw new IllegalArgumentException(
                    "An idempotency key has at most %d characters, not %d".formatted(KEY_CHARACTERS_MAX, key.length()));
        }
        KeyInUse use = new KeyInUse(command.actor(), key);
        if (!inFlight.add(use)) {
            throw new KeyInFlightException(
                    "The first request with this Idempotency-Key is still being worked on; ask again shortly");
        }
        try {
            knowAllEarlier();
            return outcomes.of(command.actor(), key)
                    .map(first -> again(command, first))
                    .orElseGet(() -> decide(command, lane));
        } finally {
            inFlight.remove(use);
        }
    }

    /** A command that was archived before a crash, or while a lane stood, has its outcome from here on. */
    private void knowAllEarlier() {
        for (Effect.Lane lane : LANES) {
            try {
                appliers.catchUp(lane);
            } catch (IllegalStateException stands) {
                throw new ArchiveUnavailableException(
                        "Lane %s stands, so nobody knows what this Idempotency-Key was used for; nothing was accepted"
                                .formatted(lane),
                        stands);
            }
        }
    }

    private static Outcome again(Command command, RecordedOutcomes.FirstUse first) {
        if (!first.type().equals(command.type().name()) || !first.bodyDigest().equals(Sha256.of(command.body()))) {
            throw new KeyReusedException(
                    "This Idempotency-Key was used for another request; give every new request a key of its own");
        }
        return first.outcome();
    }

    private Outcome decide(Command command, Effect.Lane lane) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put(ACTOR, command.actor());
        if (command.idempotencyKey() != null) {
            attributes.put(IDEMPOTENCY_KEY, command.idempotencyKey());
        }
        Entry entry = archive.append(Draft.of(command.type(), attributes, command.body()));
        appliers.catchUp(lane, entry.id());
        return outcomes.of(entry.id())
                .orElseThrow(() -> new IllegalStateException("No effect in lane %s told what became of command %s (%s)"
                        .formatted(lane, entry.id(), entry.type().name())));
    }

    private record KeyInUse(String actor, String key) {}
}
