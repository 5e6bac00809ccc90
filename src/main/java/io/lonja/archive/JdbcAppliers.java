package io.lonja.archive;

import io.lonja.alarm.Alarms;
import java.time.Clock;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Appliers over one database. Of the callers that wait for a lane one leads: it applies everything that is durable, a
 * batch per transaction, and the others find their entries done.
 *
 * <p>A batch that fails is rolled back and taken again entry by entry, so that everything before the bad entry takes
 * effect and the lane stands exactly there.
 */
final class JdbcAppliers implements Appliers {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcAppliers.class);
    static final int ENTRIES_PER_TRANSACTION_MAX = 200;

    /** Of so many entries in one wait, each of so many is told. */
    private static final int TOLD_FROM = 10_000;

    private static final byte[] UNREAD = {};

    private final Archive archive;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Alarms alarms;
    private final Clock clock;
    private final Supplier<List<Effect>> effects;
    private final Map<Effect.Lane, LaneApplier> lanes = new EnumMap<>(Effect.Lane.class);

    /**
     * @param effects of all lanes, in any order; asked once, when the first entry is applied, because effects may need
     *     beans that need the appliers
     */
    JdbcAppliers(
            Archive archive,
            JdbcClient jdbc,
            PlatformTransactionManager transactionManager,
            Supplier<List<Effect>> effects,
            Alarms alarms,
            Clock clock) {
        this.archive = archive;
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactionManager);
        // A caller's own transaction must not be what makes an effect durable.
        this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.alarms = alarms;
        this.clock = clock;
        this.effects = effects;
        for (Effect.Lane lane : Effect.Lane.values()) {
            lanes.put(lane, new LaneApplier(lane));
        }
    }

    @Override
    public void catchUp(Effect.Lane lane, EntryId through) {
        of(lane).catchUp(through.sequence());
    }

    @Override
    public void catchUp(Effect.Lane lane) {
        of(lane).catchUp(archive.size());
    }

    @Override
    public void catchUpAll() {
        long through = archive.size();
        RuntimeException failure = null;
        for (Effect.Lane lane : Effect.Lane.values()) {
            try {
                of(lane).catchUp(through);
            } catch (RuntimeException laneStands) {
                if (failure == null) {
                    failure = laneStands;
                } else {
                    failure.addSuppressed(laneStands);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public long appliedThrough(Effect.Lane lane) {
        return of(lane).appliedThrough();
    }

    @Override
    public Optional<String> standing(Effect.Lane lane) {
        return Optional.ofNullable(of(lane).told);
    }

    /** What was applied is read from the database again: after its tables were emptied. */
    void forget() {
        lanes.values().forEach(LaneApplier::forget);
    }

    private LaneApplier of(Effect.Lane lane) {
        LaneApplier applier = lanes.get(lane);
        if (applier == null) {
            throw new IllegalStateException("No applier for lane " + lane);
        }
        return applier;
    }

    /** One lane: its place in the archive and its effects in the order of their steps. */
    private final class LaneApplier {

        private static final long UNKNOWN = -1;

        private final Effect.Lane lane;
        private final ReentrantLock leader = new ReentrantLock();
        private final String cause;
        private volatile long applied = UNKNOWN;
        private @Nullable List<Effect> steps;
        // Also true at the start: the alarm of an earlier process is closed by the first entry that takes effect.
        private boolean alarmMayBeOpen = true;
        private long stoodAt = UNKNOWN;
        private volatile @Nullable String told;

        LaneApplier(Effect.Lane lane) {
            this.lane = lane;
            this.cause = "lane-stands:" + lane.name().toLowerCase(Locale.ROOT);
        }

        void catchUp(long through) {
            if (applied >= through) {
                return;
            }
            leader.lock();
            try {
                load();
                long from = applied;
                while (applied < through) {
                    long before = applied;
                    applyNext();
                    if (through - from >= TOLD_FROM && applied / TOLD_FROM > before / TOLD_FROM) {
                        LOG.info("Lane {} has applied {} of {} archived entries", lane, applied, through);
                    }
                }
                goesOn();
            } finally {
                leader.unlock();
            }
        }

        long appliedThrough() {
            if (applied == UNKNOWN) {
                leader.lock();
                try {
                    load();
                } finally {
                    leader.unlock();
                }
            }
            return applied;
        }

        void forget() {
            leader.lock();
            applied = UNKNOWN;
            leader.unlock();
        }

        private void load() {
            if (applied != UNKNOWN) {
                return;
            }
            long stored = jdbc.sql("SELECT sequence FROM applied_through WHERE lane = ?")
                    .param(lane.name())
                    .query(Long.class)
                    .optional()
                    .orElseGet(() -> {
                        jdbc.sql("INSERT INTO applied_through (lane, sequence) VALUES (?, 0)")
                                .param(lane.name())
                                .update();
                        return 0L;
                    });
            if (stored > archive.size()) {
                throw new IllegalStateException(
                        "The database has applied entry %d, but the archive ends at %d: it belongs to another archive, or the archive lost its end. Run rebuild against the right archive."
                                .formatted(stored, archive.size()));
            }
            applied = stored;
            if (stoodAt == UNKNOWN) {
                stoodAt = stored + 1;
            }
        }

        private void applyNext() {
            List<Entry> batch = archive.entriesAfter(applied, ENTRIES_PER_TRANSACTION_MAX);
            if (batch.isEmpty()) {
                throw new IllegalArgumentException(
                        "Nothing is archived after entry %d, so nothing can be waited for".formatted(applied));
            }
            try {
                apply(batch);
            } catch (RuntimeException oneOfThem) {
                if (batch.size() == 1) {
                    throw oneOfThem;
                }
                load();
                batch.stream().filter(entry -> entry.id().sequence() > applied).forEach(entry -> apply(List.of(entry)));
            }
            goesOn();
        }

        private void goesOn() {
            if (alarmMayBeOpen && applied >= stoodAt) {
                alarms.close(cause, clock.instant());
                alarmMayBeOpen = false;
                told = null;
            }
        }

        private void apply(List<Entry> batch) {
            Progress progress = new Progress(batch.get(0));
            long last = batch.get(batch.size() - 1).id().sequence();
            try {
                transactions.executeWithoutResult(status -> {
                    batch.forEach(entry -> apply(entry, progress));
                    moveTo(last);
                });
                applied = last;
            } catch (RuntimeException failure) {
                // Also when the reply to a COMMIT was lost: only the database knows how far this lane came.
                applied = UNKNOWN;
                throw batch.size() == 1 ? standing(progress, failure) : failure;
            }
        }

        private void apply(Entry entry, Progress progress) {
            progress.entry = entry;
            progress.effect = null;
            List<Effect> concerned = steps().stream()
                    .filter(effect -> effect.concerns(entry.type()))
                    .toList();
            if (concerned.isEmpty()) {
                return;
            }
            byte[] payload = concerned.stream().anyMatch(effect -> effect.readsPayload(entry.type()))
                    ? archive.payload(entry.id())
                    : UNREAD;
            for (Effect effect : concerned) {
                progress.effect = effect;
                effect.apply(entry, payload);
            }
            progress.effect = null;
        }

        private void moveTo(long last) {
            int rows = jdbc.sql("UPDATE applied_through SET sequence = ? WHERE lane = ? AND sequence = ?")
                    .params(last, lane.name(), applied)
                    .update();
            if (rows != 1) {
                throw new IllegalStateException(
                        "Another process works on lane %s of this database; only one hub may".formatted(lane));
            }
        }

        private IllegalStateException standing(Progress progress, RuntimeException failure) {
            String sentence = "Lane %s stands at entry %s (%s)%s: %s. It goes on by itself when the cause is gone."
                    .formatted(
                            lane,
                            progress.entry.id(),
                            progress.entry.type().name(),
                            progress.effect == null
                                    ? ""
                                    : ", effect " + progress.effect.getClass().getSimpleName(),
                            failure.getMessage());
            IllegalStateException standing = new IllegalStateException(sentence, failure);
            if (!sentence.equals(told)) { // Who tries again every few seconds says it once.
                LOG.error(sentence, failure);
                told = sentence;
            }
            alarmMayBeOpen = true;
            stoodAt = progress.entry.id().sequence();
            try {
                alarms.open(cause, sentence, clock.instant());
            } catch (RuntimeException databaseGone) {
                standing.addSuppressed(databaseGone);
            }
            return standing;
        }

        private List<Effect> steps() {
            List<Effect> known = steps;
            if (known == null) {
                known = effects.get().stream()
                        .filter(effect -> effect.lane() == lane)
                        .sorted(Comparator.comparingInt(Effect::step))
                        .toList();
                for (int i = 1; i < known.size(); i++) {
                    if (known.get(i - 1).step() == known.get(i).step()) {
                        throw new IllegalStateException("%s and %s are both step %d of lane %s"
                                .formatted(
                                        known.get(i - 1).getClass().getSimpleName(),
                                        known.get(i).getClass().getSimpleName(),
                                        known.get(i).step(),
                                        lane));
                    }
                }
                steps = known;
            }
            return known;
        }
    }

    /** How far a batch came, for the sentence that names what failed. */
    private static final class Progress {
        private Entry entry;
        private @Nullable Effect effect;

        Progress(Entry entry) {
            this.entry = entry;
        }
    }
}
