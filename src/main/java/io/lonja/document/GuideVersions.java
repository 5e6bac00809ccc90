package io.lonja.document;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.Sha256;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every version of a guide that ever read something here; the archive keeps their files. */
public final class GuideVersions implements Effect {

    private final JdbcClient jdbc;
    private final Archive archive;

    GuideVersions(JdbcClient jdbc, Archive archive) {
        this.jdbc = jdbc;
        this.archive = archive;
    }

    /**
     * Archives those of these versions that are not the newest of their guide already. They are durable and known when
     * this returns.
     */
    public void goLive(List<GuideVersion> versions, Appliers appliers) {
        appliers.catchUp(lane());
        List<Draft> changes = versions.stream()
                .filter(version -> !isNewest(version))
                .map(GuideVersion::draft)
                .toList();
        if (!changes.isEmpty()) {
            List<Entry> entries = archive.append(changes);
            appliers.catchUp(lane(), entries.get(entries.size() - 1).id());
        }
    }

    /** The guide as it was when it had these digests; empty when it never had. */
    public Optional<GuideVersion> find(String guide, Sha256 guideDigest, Sha256 mappingDigest) {
        return jdbc.sql("""
                        SELECT MIN(entry) FROM guide_version
                        WHERE guide = ? AND guide_digest = ? AND mapping_digest = ?
                        """)
                .params(guide, guideDigest.hex(), mappingDigest.hex())
                .query(Long.class)
                .optional()
                .map(entry -> CanonicalJson.read(archive.payload(new EntryId(entry)), GuideVersion.class));
    }

    /** Whether any guide, or the program that reads by them, became another after this entry. */
    public boolean changedSince(EntryId entry) {
        return jdbc.sql("SELECT COUNT(*) FROM guide_version WHERE entry > ?")
                        .param(entry.sequence())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private boolean isNewest(GuideVersion version) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM guide_version
                        WHERE entry = (SELECT MAX(entry) FROM guide_version WHERE guide = ?)
                          AND guide_digest = ? AND mapping_digest = ? AND engine = ?
                        """)
                        .params(
                                version.guide(),
                                version.guideDigest().hex(),
                                version.mappingDigest().hex(),
                                version.engine())
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    public Lane lane() {
        return Lane.RECEIPTS;
    }

    @Override
    public int step() {
        return 15;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(GuideVersion.TYPE);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        GuideVersion version = CanonicalJson.read(payload, GuideVersion.class);
        jdbc.sql("""
                        INSERT INTO guide_version (entry, guide, guide_digest, mapping_digest, engine)
                        VALUES (?, ?, ?, ?, ?)
                        """)
                .params(
                        entry.id().sequence(),
                        version.guide(),
                        version.guideDigest().hex(),
                        version.mappingDigest().hex(),
                        version.engine())
                .update();
    }
}
