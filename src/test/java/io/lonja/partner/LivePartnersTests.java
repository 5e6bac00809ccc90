package io.lonja.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.TestDatabase;
import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.ConsistencyProof;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.InclusionProof;
import io.lonja.archive.Payload;
import io.lonja.archive.Spool;
import io.lonja.archive.TreeHead;
import io.lonja.party.CodeKind;
import io.lonja.party.Identity;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class LivePartnersTests {

    private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
    private static final PartyId ACME = new PartyId("acme");
    private static final PartyId BLUE = new PartyId("blue");

    @TempDir
    private Path config;

    private final InMemory archive = new InMemory();
    private final Map<String, String> alarms = new TreeMap<>();
    private ArchivedProfiles archived = new ArchivedProfiles(JdbcClient.create(TestDatabase.h2()));

    @Test
    void archivesAProfileOnceAndAgainWhenItChanged() throws IOException {
        write("acme", "Acme", "ZZ/ACME");
        LivePartners partners = partners();

        partners.refresh();
        partners.refresh();
        assertThat(archive.size()).isEqualTo(1);
        assertThat(partners.bearing(new Identity(Identity.Scheme.X12, "ZZ", "ACME")))
                .map(TradingPartner::id)
                .contains(ACME);

        write("acme", "Acme Foods", "ZZ/ACME");
        partners.refresh();
        assertThat(archive.size()).isEqualTo(2);
        assertThat(partners.find(ACME)).map(TradingPartner::name).contains("Acme Foods");
        assertThat(partners.find(ACME).orElseThrow().version())
                .isEqualTo(archived.newest().get(ACME).version());
    }

    @Test
    void archivesThatAPartnerIsGone() throws IOException {
        write("acme", "Acme", "ZZ/ACME");
        partners().refresh();
        Files.delete(config.resolve("partners/acme/partner.yaml"));
        Files.delete(config.resolve("partners/acme"));

        LivePartners partners = partners();
        partners.refresh();
        partners.refresh();

        assertThat(partners.all()).isEmpty();
        assertThat(archived.newest()).isEmpty();
        assertThat(archive.size()).isEqualTo(2);
    }

    @Test
    void keepsTheLastGoodVersionOfAFaultyFolderWithAnAlarmUntilItIsMended() throws IOException {
        write("acme", "Acme", "ZZ/ACME");
        partners().refresh();
        write("acme", "", "ZZ/ACME");
        write("blue", "", "ZZ/BLUE");

        LivePartners restarted = partners();
        restarted.refresh();

        assertThat(restarted.all()).extracting(TradingPartner::name).containsExactly("Acme");
        assertThat(alarms.keySet()).containsExactly("partner-profile:acme", "partner-profile:blue");
        assertThat(alarms.get("partner-profile:acme")).contains("last good version stays live", "partner.yaml:1:");

        write("acme", "Acme", "ZZ/ACME");
        write("blue", "Blue", "ZZ/BLUE");
        restarted.refresh();
        assertThat(alarms).isEmpty();
        assertThat(restarted.all()).extracting(TradingPartner::id).containsExactly(ACME, BLUE);
    }

    @Test
    void letsNobodyTakeAnIdentityThatAKeptVersionStillBears() throws IOException {
        write("blue", "Blue", "ZZ/BLUE");
        partners().refresh();
        write("blue", "", "ZZ/OTHER");
        write("acme", "Acme", "ZZ/BLUE");

        LivePartners partners = partners();
        partners.refresh();

        assertThat(partners.all()).extracting(TradingPartner::id).containsExactly(BLUE);
        assertThat(alarms.keySet()).containsExactly("partner-profile:acme", "partner-profile:blue");
    }

    @Test
    void knowsTheSameVersionsAfterAReplayIntoAnEmptyDatabase() throws IOException {
        write("acme", "Acme", "ZZ/ACME");
        write("blue", "Blue", "ZZ/BLUE");
        partners().refresh();
        var before = archived.newest();

        archived = new ArchivedProfiles(JdbcClient.create(TestDatabase.h2()));
        archive.entries.forEach(entry -> archived.apply(entry, archive.payload(entry.id())));

        assertThat(archived.newest()).isEqualTo(before).hasSize(2);
    }

    @Test
    void takesUpWhatChangedOnceItRestedForARound() throws IOException {
        write("acme", "Acme", "ZZ/ACME");
        LivePartners partners = partners();
        ChangedFolders folders = new ChangedFolders(List.of(config.resolve("partners")), partners);
        folders.takeStock();
        folders.takeUp();
        assertThat(partners.find(ACME)).map(TradingPartner::name).contains("Acme");

        write("acme", "Acme Fo", "ZZ/ACME");
        folders.takeUp();
        write("acme", "Acme Foods", "ZZ/ACME");
        folders.takeUp();
        assertThat(partners.find(ACME))
                .as("still being written")
                .map(TradingPartner::name)
                .contains("Acme");
        folders.takeUp();
        assertThat(partners.find(ACME)).map(TradingPartner::name).contains("Acme Foods");

        Files.createDirectories(config.resolve("partners/acme/codes"));
        Files.writeString(config.resolve("partners/acme/codes/units.csv"), "ours,theirs\nCA,CS\n");
        folders.takeUp();
        folders.takeUp();
        assertThat(partners.find(ACME).orElseThrow().codes().isEmpty()).isFalse();
        assertThat(archive.size()).isEqualTo(3);
    }

    @Test
    void aReplayKnowsTheTablesToo() throws IOException {
        write("acme", "Acme", "ZZ/ACME");
        Files.createDirectories(config.resolve("partners/acme/codes"));
        Files.writeString(config.resolve("partners/acme/codes/units.csv"), "ours,theirs\nCA,CS\n");
        partners().refresh();
        TradingPartner before = archived.find(ACME).orElseThrow();

        Files.delete(config.resolve("partners/acme/codes/units.csv"));
        archived = new ArchivedProfiles(JdbcClient.create(TestDatabase.h2()));
        archive.entries.forEach(entry -> archived.apply(entry, archive.payload(entry.id())));
        assertThat(archived.find(ACME)).contains(before);
        assertThat(before.codes().theirs(CodeKind.UNITS, "CA", LocalDate.parse("2026-11-21")))
                .contains("CS");
    }

    private LivePartners partners() {
        PartnerFolders folders = new PartnerFolders(
                List.of(config.resolve("partners")), config.resolve("schemas"), config.resolve("home"));
        Alarms open = new Alarms() {
            @Override
            public void open(String cause, String sentence, Instant at) {
                alarms.putIfAbsent(cause, sentence);
            }

            @Override
            public void close(String cause, Instant at) {
                alarms.remove(cause);
            }
        };
        return new LivePartners(folders, archived, archive, archive, open, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void write(String partner, String name, String x12) throws IOException {
        Path folder = Files.createDirectories(config.resolve("partners").resolve(partner));
        Files.writeString(folder.resolve("partner.yaml"), """
                name: "%s"
                roles: [member]
                identities: { x12: "%s" }
                channels: { https: {} }
                """.formatted(name, x12));
    }

    /** The two ports this class writes to: a list of entries, each applied when somebody waits for it. */
    private final class InMemory implements Archive, Appliers {

        private final List<Entry> entries = new ArrayList<>();
        private final List<byte[]> payloads = new ArrayList<>();
        private int applied;

        @Override
        public List<Entry> append(List<Draft> drafts) {
            List<Entry> appended = new ArrayList<>();
            for (Draft draft : drafts) {
                payloads.add(draft.payload().bytes());
                appended.add(new Entry(
                        new EntryId(payloads.size()),
                        draft.type(),
                        NOW,
                        draft.attributes(),
                        draft.payload().digest(),
                        draft.payload().length()));
            }
            entries.addAll(appended);
            return appended;
        }

        @Override
        public void catchUp(Effect.Lane lane, EntryId through) {
            while (applied < through.sequence()) {
                Entry entry = entries.get(applied++);
                if (lane == archived.lane() && archived.concerns(entry.type())) {
                    archived.apply(entry, payload(entry.id()));
                }
            }
        }

        @Override
        public long size() {
            return entries.size();
        }

        @Override
        public Entry entry(EntryId id) {
            return entries.get((int) id.sequence() - 1);
        }

        @Override
        public List<Entry> entriesAfter(long sequence, int limit) {
            return entries.stream().skip(sequence).limit(limit).toList();
        }

        @Override
        public byte[] payload(EntryId id) {
            return payloads.get((int) id.sequence() - 1);
        }

        @Override
        public Spool.Spooled payload(EntryId id, Spool spool) {
            return new Spool.Spooled(Payload.of(payload(id)));
        }

        @Override
        public void catchUp(Effect.Lane lane) {
            if (!entries.isEmpty()) {
                catchUp(lane, new EntryId(entries.size()));
            }
        }

        @Override
        public void catchUpAll() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> standing(Effect.Lane lane) {
            return Optional.empty();
        }

        @Override
        public long appliedThrough(Effect.Lane lane) {
            return applied;
        }

        @Override
        public TreeHead treeHead() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TreeHead treeHead(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InclusionProof inclusionProof(EntryId id, long treeSize) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ConsistencyProof consistencyProof(long olderSize, long newerSize) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
