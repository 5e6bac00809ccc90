package io.lonja.partner;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The versions of profiles that were ever live, as a replay of the archive knows them too. */
class ArchivedProfiles implements Effect, ProfilesOfRecord {

    private final JdbcClient database;
    /** What stands in an entry never changes, and may be megabytes of tables: read once, not for each document. */
    private final Map<PartyId, Known> known = new ConcurrentHashMap<>();

    private record Known(long entry, Optional<TradingPartner> partner) {}

    ArchivedProfiles(JdbcClient database) {
        this.database = database;
    }

    /** The newest version of each partner that is not gone. */
    SortedMap<PartyId, PartnerProfile> newest() {
        SortedMap<PartyId, PartnerProfile> newest = new TreeMap<>(java.util.Comparator.comparing(PartyId::value));
        database.sql("""
                        SELECT p.partner, p.profile FROM partner_profile p
                          JOIN (SELECT partner, MAX(entry) AS entry FROM partner_profile GROUP BY partner) n
                            ON n.entry = p.entry
                         WHERE p.version IS NOT NULL""").query(row -> {
            newest.put(
                    new PartyId(row.getString("partner")),
                    CanonicalJson.read(
                            row.getString("profile").getBytes(StandardCharsets.UTF_8), PartnerProfile.class));
        });
        return newest;
    }

    @Override
    public Optional<TradingPartner> find(PartyId id) {
        return database.sql("SELECT MAX(entry) FROM partner_profile WHERE partner = ?")
                .param(id.value())
                .query((row, number) -> row.getLong(1))
                .optional()
                .filter(entry -> entry > 0)
                .flatMap(entry -> version(id, entry));
    }

    private Optional<TradingPartner> version(PartyId id, long entry) {
        Known last = known.get(id);
        if (last == null || last.entry() != entry) {
            last = new Known(
                    entry,
                    database.sql("SELECT profile FROM partner_profile WHERE entry = ?")
                            .param(entry)
                            .query((row, number) -> Optional.ofNullable(row.getString("profile"))
                                    .map(profile -> CanonicalJson.read(
                                                    profile.getBytes(StandardCharsets.UTF_8), PartnerProfile.class)
                                            .of(id)))
                            .single());
            known.put(id, last);
        }
        return last.partner();
    }

    boolean changedSince(EntryId entry) {
        return database.sql("SELECT COUNT(*) FROM partner_profile WHERE entry > ?")
                        .param(entry.sequence())
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    public Lane lane() {
        return Lane.BOOKS;
    }

    @Override
    public int step() {
        return 10;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(ProfileChange.TYPE);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        ProfileChange change = CanonicalJson.read(payload, ProfileChange.class);
        database.sql("""
                        INSERT INTO partner_profile (entry, partner, version, profile, arrived_at)
                        VALUES (:entry, :partner, :version, :profile, :arrivedAt)""")
                .param("entry", entry.id().sequence())
                .param("partner", change.partner())
                .param("version", change.version())
                .param(
                        "profile",
                        change.profile() == null
                                ? null
                                : new String(CanonicalJson.of(change.profile()), StandardCharsets.UTF_8))
                .param("arrivedAt", entry.arrivedAt().atOffset(ZoneOffset.UTC))
                .update();
    }
}
