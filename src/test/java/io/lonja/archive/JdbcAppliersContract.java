package io.lonja.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.alarm.Alarms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** What appliers, commands and rebuild promise over any database. */
abstract class JdbcAppliersContract {

    private static final EntryType NOTED = EntryType.fact("noted");
    private static final EntryType UNHEARD = EntryType.fact("unheard");

    @TempDir
    Path folder;

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    private final OpenCauses alarms = new OpenCauses();
    private final Set<String> poison = new HashSet<>();
    private volatile Runnable hold = () -> {};
    private DataSource database;
    private JdbcClient jdbc;
    private Archive archive;
    private JdbcAppliers appliers;
    private RecordedOutcomes outcomes;
    private int repliesToLose;

    abstract DataSource freshDatabase();

    @BeforeEach
    void open() {
        database = freshDatabase();
        jdbc = JdbcClient.create(database);
        jdbc.sql("CREATE TABLE note (entry BIGINT PRIMARY KEY, lane VARCHAR(16), content VARCHAR(200))")
                .update();
        archive = SegmentArchive.open(folder, clock);
        outcomes = new RecordedOutcomes(jdbc);
        appliers = newProcess();
    }

    @AfterEach
    void close() {
        archive.close();
        jdbc.sql("DROP TABLE note").update();
    }

    @Test
    void appliesEveryEntryOnceAndInSequence() {
        append(450);
        appliers.catchUpAll();
        appliers.catchUpAll();
        assertThat(noted(Effect.Lane.BOOKS)).containsExactlyElementsOf(sequences(1, 450));
        assertThat(appliers.appliedThrough(Effect.Lane.BOOKS)).isEqualTo(450);
    }

    @Test
    void goesOnWhereAnEarlierProcessStopped() {
        append(3);
        appliers.catchUpAll();
        append(2);
        JdbcAppliers next = newProcess();
        next.catchUp(Effect.Lane.BOOKS, new EntryId(5));
        assertThat(noted(Effect.Lane.BOOKS)).containsExactlyElementsOf(sequences(1, 5));
    }

    @Test
    void standsAtTheEntryWhoseEffectFailsAndKeepsWhatCameBefore() {
        append(5);
        poison.add("note 4");
        assertThatThrownBy(() -> appliers.catchUp(Effect.Lane.BOOKS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("entry 4")
                .hasMessageContaining("noted")
                .hasMessageContaining("NoteEffect");
        assertThat(noted(Effect.Lane.BOOKS)).containsExactly(1L, 2L, 3L);
        assertThat(appliers.appliedThrough(Effect.Lane.BOOKS)).isEqualTo(3);
        assertThat(alarms.open).containsExactly("lane-stands:books");
    }

    @Test
    void goesOnAndEndsTheAlarmWhenTheCauseIsGone() {
        append(5);
        poison.add("note 4");
        assertThatThrownBy(() -> appliers.catchUp(Effect.Lane.BOOKS)).isInstanceOf(IllegalStateException.class);
        poison.clear();
        appliers.catchUp(Effect.Lane.BOOKS);
        assertThat(noted(Effect.Lane.BOOKS)).containsExactlyElementsOf(sequences(1, 5));
        assertThat(alarms.open).isEmpty();
    }

    @Test
    void neverLetsOneLaneWaitForAnother() {
        append(5);
        poison.add("note 2");
        assertThatThrownBy(() -> appliers.catchUpAll()).isInstanceOf(IllegalStateException.class);
        assertThat(appliers.appliedThrough(Effect.Lane.BOOKS)).isEqualTo(1);
        assertThat(appliers.appliedThrough(Effect.Lane.TRACKING)).isEqualTo(5);
    }

    @Test
    void leavesNothingOfAnEntryWhoseSecondEffectFails() {
        append(1);
        poison.add("second step");
        assertThatThrownBy(() -> appliers.catchUp(Effect.Lane.BOOKS)).isInstanceOf(IllegalStateException.class);
        assertThat(noted(Effect.Lane.BOOKS)).isEmpty();
    }

    @Test
    void findsOutByItselfWhatTookEffectWhenTheReplyToACommitIsLost() {
        append(1);
        repliesToLose = 1;
        assertThatThrownBy(() -> appliers.catchUp(Effect.Lane.BOOKS)).hasMessageContaining("reply is lost");
        assertThat(alarms.open).containsExactly("lane-stands:books");
        appliers.catchUp(Effect.Lane.BOOKS);
        assertThat(alarms.open).isEmpty();
        append(5);
        repliesToLose = 1;
        appliers.catchUp(Effect.Lane.BOOKS);
        assertThat(noted(Effect.Lane.BOOKS)).containsExactlyElementsOf(sequences(1, 6));
        assertThat(appliers.appliedThrough(Effect.Lane.BOOKS)).isEqualTo(6);
    }

    @Test
    void keepsTheAlarmWhileSomebodyAsksForWhatCameBeforeTheEntryItStandsAt() {
        append(5);
        poison.add("note 4");
        assertThatThrownBy(() -> appliers.catchUp(Effect.Lane.BOOKS)).isInstanceOf(IllegalStateException.class);
        appliers.catchUp(Effect.Lane.BOOKS, new EntryId(3));
        assertThat(alarms.open).containsExactly("lane-stands:books");
    }

    @Test
    void servesManyCallersAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> callers = new ArrayList<>();
        for (int caller = 0; caller < 40; caller++) {
            callers.add(threads.submit(() -> {
                start.await();
                EntryId id = append(1);
                appliers.catchUp(Effect.Lane.BOOKS, id);
                return noted(Effect.Lane.BOOKS).contains(id.sequence());
            }));
        }
        start.countDown();
        for (Future<?> caller : callers) {
            assertThat(caller.get(30, TimeUnit.SECONDS)).isEqualTo(true);
        }
        threads.shutdown();
        assertThat(noted(Effect.Lane.BOOKS)).containsExactlyElementsOf(sequences(1, 40));
    }

    @Test
    void refusesADatabaseThatIsAheadOfTheArchive() {
        append(2);
        appliers.catchUpAll();
        jdbc.sql("UPDATE applied_through SET sequence = 7").update();
        assertThatThrownBy(() -> newProcess().catchUpAll()).hasMessageContaining("archive ends at 2");
    }

    @Test
    void rebuildsTheSameRowsFromTheArchiveAlone() {
        append(7);
        appliers.catchUpAll();
        List<Long> before = noted(Effect.Lane.BOOKS);
        jdbc.sql("UPDATE note SET content = 'tampered'").update();
        long replayed = new Rebuild(database, new JdbcTransactionManager(database), appliers, archive).run();
        assertThat(replayed).isEqualTo(7);
        assertThat(noted(Effect.Lane.BOOKS)).isEqualTo(before);
        assertThat(jdbc.sql("SELECT COUNT(*) FROM note WHERE content = 'tampered'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(archive.size()).isEqualTo(7);
    }

    @Test
    void answersACommandAgainForTheSameKeyAlsoAfterARebuild() {
        Outcome first = commands().execute(command("key-1", "pay"), Effect.Lane.BOOKS);
        assertThat(first.status()).isEqualTo(201);
        Outcome again = commands().execute(command("key-1", "pay"), Effect.Lane.BOOKS);
        assertThat(again.entry()).isEqualTo(first.entry());
        assertThat(again.body()).isEqualTo(first.body());
        new Rebuild(database, new JdbcTransactionManager(database), appliers, archive).run();
        assertThat(commands()
                        .execute(command("key-1", "pay"), Effect.Lane.BOOKS)
                        .entry())
                .isEqualTo(first.entry());
        assertThat(archive.size()).isEqualTo(1);
    }

    @Test
    void refusesAKeyThatComesWithAnotherBody() {
        commands().execute(command("key-1", "pay"), Effect.Lane.BOOKS);
        assertThatThrownBy(() -> commands().execute(command("key-1", "pay more"), Effect.Lane.BOOKS))
                .isInstanceOf(Commands.KeyReusedException.class);
        assertThat(archive.size()).isEqualTo(1);
    }

    @Test
    void archivesACommandOnceAlthoughItsLaneStoodStill() {
        poison.add("pay");
        assertThatThrownBy(() -> commands().execute(command("key-1", "pay"), Effect.Lane.BOOKS))
                .isInstanceOf(IllegalStateException.class);
        poison.clear();
        assertThat(commands()
                        .execute(command("key-1", "pay"), Effect.Lane.BOOKS)
                        .entry())
                .isEqualTo(new EntryId(1));
        assertThat(archive.size()).isEqualTo(1);
    }

    @Test
    void takesNoCommandUnderAKeyWhileALaneStandsWhereTheKeyMayHaveBeenUsed() {
        poison.add("pay");
        assertThatThrownBy(() -> commands().execute(command("key-1", "pay"), Effect.Lane.BOOKS))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> commands().execute(command("key-1", "pay"), Effect.Lane.RECEIPTS))
                .isInstanceOf(ArchiveUnavailableException.class)
                .hasMessageContaining("BOOKS");
        assertThat(archive.size()).isEqualTo(1);
    }

    @Test
    void refusesAKeyWhoseFirstUseIsNotFinished() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch applying = new CountDownLatch(1);
        hold = () -> {
            applying.countDown();
            try {
                assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        ArchivedCommands commands = commands();
        ExecutorService other = Executors.newSingleThreadExecutor();
        Future<Outcome> first = other.submit(() -> commands.execute(command("key-1", "pay"), Effect.Lane.BOOKS));
        assertThat(applying.await(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> commands.execute(command("key-1", "pay"), Effect.Lane.BOOKS))
                .isInstanceOf(Commands.KeyInFlightException.class)
                .hasMessageContaining("ask again");
        goOn.countDown();
        EntryId entry = first.get(30, TimeUnit.SECONDS).entry();
        assertThat(commands.execute(command("key-1", "pay"), Effect.Lane.BOOKS).entry())
                .isEqualTo(entry);
        other.shutdown();
    }

    @Test
    void saysWhyALaneStandsUntilItGoesOn() {
        append(2);
        poison.add("note 2");
        assertThatThrownBy(() -> appliers.catchUpAll()).isInstanceOf(IllegalStateException.class);
        assertThat(appliers.standing(Effect.Lane.BOOKS).orElseThrow()).contains("entry 2", "no room for it");
        assertThat(appliers.standing(Effect.Lane.RECEIPTS)).isEmpty();
        poison.clear();
        appliers.catchUpAll();
        assertThat(appliers.standing(Effect.Lane.BOOKS)).isEmpty();
    }

    @Test
    void takesACommandWithoutAKeyEveryTime() {
        commands().execute(command(null, "pay"), Effect.Lane.BOOKS);
        commands().execute(command(null, "pay"), Effect.Lane.BOOKS);
        assertThat(archive.size()).isEqualTo(2);
    }

    private ArchivedCommands commands() {
        return new ArchivedCommands(archive, appliers, outcomes);
    }

    private static Command command(@Nullable String key, String body) {
        return new Command(NOTED, "clerk", key, body.getBytes(StandardCharsets.UTF_8));
    }

    private JdbcAppliers newProcess() {
        List<Effect> effects = List.of(
                new NoteEffect(Effect.Lane.TRACKING, 1, false),
                new NoteEffect(Effect.Lane.BOOKS, 2, true),
                new NoteEffect(Effect.Lane.BOOKS, 1, false));
        return new JdbcAppliers(archive, jdbc, new LossyTransactions(), () -> effects, alarms, clock);
    }

    /** Appends this many notes, each followed by nothing that anybody hears; gives the last. */
    private EntryId append(int notes) {
        EntryId last = new EntryId(1);
        for (int note = 0; note < notes; note++) {
            String content = "note " + (archive.size() + 1);
            last = archive.append(Draft.of(NOTED, Map.of(), content.getBytes(StandardCharsets.UTF_8)))
                    .id();
        }
        return last;
    }

    private List<Long> noted(Effect.Lane lane) {
        return jdbc.sql("SELECT entry FROM note WHERE lane = ? ORDER BY entry")
                .param(lane.name())
                .query(Long.class)
                .list();
    }

    private static List<Long> sequences(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** Writes a row in step 1; in step 2 answers commands and fails on request. */
    private final class NoteEffect implements Effect {

        private final Lane lane;
        private final int step;
        private final boolean last;

        NoteEffect(Lane lane, int step, boolean last) {
            this.lane = lane;
            this.step = step;
            this.last = last;
        }

        @Override
        public Lane lane() {
            return lane;
        }

        @Override
        public int step() {
            return step;
        }

        @Override
        public boolean concerns(EntryType type) {
            return !type.equals(UNHEARD);
        }

        @Override
        public void apply(Entry entry, byte[] payload) {
            String content = new String(payload, StandardCharsets.UTF_8);
            if (last) {
                hold.run();
                if (poison.contains(content) || poison.contains("second step")) {
                    throw new IllegalArgumentException("no room for it");
                }
                if (entry.attributes().containsKey(Commands.ACTOR)) {
                    outcomes.record(entry, 201, "{}".getBytes(StandardCharsets.UTF_8));
                }
            } else if (lane == Lane.BOOKS) {
                jdbc.sql("INSERT INTO note (entry, lane, content) VALUES (?, ?, ?)")
                        .params(entry.id().sequence(), lane.name(), content)
                        .update();
            }
        }
    }

    /** Commits, and sometimes does not say so. */
    private final class LossyTransactions extends JdbcTransactionManager {

        private static final long serialVersionUID = 1L;

        LossyTransactions() {
            super(database);
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            super.doCommit(status);
            if (repliesToLose > 0) {
                repliesToLose--;
                throw new TransactionSystemException("the reply is lost");
            }
        }
    }

    /** Remembers which causes are open. */
    private static final class OpenCauses implements Alarms {

        private final Set<String> open = new HashSet<>();

        @Override
        public void open(String cause, String sentence, Instant at) {
            open.add(cause);
        }

        @Override
        public void close(String cause, Instant at) {
            open.remove(cause);
        }
    }
}
