package io.lonja.commission;

import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.ConsistencyProof;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.Sha256;
import io.lonja.archive.TreeHead;
import io.lonja.document.DocumentRegister;
import io.lonja.document.GuideVersion;
import io.lonja.document.GuideVersions;
import io.lonja.document.MappedInterchange;
import io.lonja.document.RegisteredDocument;
import io.lonja.document.RegisteredDocument.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Everything a payer needs to check a statement without us: the statement, its own interchanges as they came, what was
 * concluded from them, the agreements, the guides, and the proof that all of it stands in the archive.
 *
 * <pre>
 * manifest.json          name and SHA-256 of every other file
 * statement.json         the statement, canonical
 * hub-public-key.der     Ed25519, X.509 SubjectPublicKeyInfo
 * tree-head.json         size, root and signature; and the path from the statement's tree head to this one
 * entries.json           header and inclusion path of every entry below
 * interchanges/57.edi    bytes as they came
 * facts/58.json          mapped documents, releases of held ones, agreements, closed group orders, closed periods
 * held.json              which of the mapped documents the hub did not let count, and why; missing where there are none
 * guides/0b…/x12-004010-810/…  the files that judged and mapped, one folder for each version of a guide
 * </pre>
 */
public class StatementBundles {

    static final String FORMAT = "lonja-statement-bundle/1";

    private final JdbcClient jdbc;
    private final Archive archive;
    private final TreeHeadSigner signer;
    private final GuideVersions guides;
    private final DocumentRegister documents;

    StatementBundles(
            JdbcClient jdbc, Archive archive, TreeHeadSigner signer, GuideVersions guides, DocumentRegister documents) {
        this.jdbc = jdbc;
        this.archive = archive;
        this.signer = signer;
        this.guides = guides;
        this.documents = documents;
    }

    /** The bundle as a zip. Its tree head is that of now, which proves the statement's older one. */
    public byte[] of(CommissionStatement statement) {
        TreeHead head = archive.treeHead();
        SortedMap<String, byte[]> files = new TreeMap<>();
        Map<String, MappedInterchange.Outcome> guides = new TreeMap<>();
        List<Map<String, Object>> entries = new ArrayList<>();
        TreeSet<Long> evidence = new TreeSet<>();
        List<RegisteredDocument> bills = documents.billsOf(statement.supplier(), statement.id());
        HeldDocuments held = new HeldDocuments(statement.supplier(), bills, counted(statement));
        for (long sequence : facts(statement, bills)) {
            EntryId fact = new EntryId(sequence);
            byte[] payload = archive.payload(fact);
            files.put(String.format(Locale.ROOT, "facts/%d.json", sequence), payload);
            entries.add(proof(sequence, head));
            if (archive.entry(fact).type().equals(MappedInterchange.MAPPED)) {
                MappedInterchange mapped = CanonicalJson.read(payload, MappedInterchange.class);
                evidence.add(mapped.receipt().sequence());
                held.add(fact, mapped);
                mapped.documents().forEach(outcome -> guides.put(folder(outcome), outcome));
            }
        }
        for (long sequence : evidence) {
            files.put(
                    String.format(Locale.ROOT, "interchanges/%d.edi", sequence),
                    archive.payload(new EntryId(sequence)));
            entries.add(proof(sequence, head));
        }
        if (!held.isEmpty()) {
            files.put(HeldDocuments.FILE, held.json());
        }
        guides.forEach((folder, outcome) ->
                guide(outcome).contents().forEach((name, content) -> files.put(folder + name, content)));
        files.put("statement.json", statement.bytes());
        files.put("hub-public-key.der", signer.publicKey());
        files.put("tree-head.json", treeHead(statement, head));
        files.put("entries.json", CanonicalJson.write(entries));
        files.put("manifest.json", manifest(statement, files));
        return zip(files);
    }

    /** The places in facts, {@code 58-0}, of the documents that count by these. */
    private Set<String> counted(CommissionStatement statement) {
        return jdbc.sql("SELECT DISTINCT fact, ordinal FROM commission_line WHERE supplier = ? AND fact < ?")
                .params(statement.supplier().value(), statement.id().sequence())
                .query((row, index) -> row.getLong("fact") + "-" + row.getInt("ordinal"))
                .set();
    }

    /** Also those of what counts by a release, and of what the supplier sent itself and is held. */
    private List<Long> facts(CommissionStatement statement, List<RegisteredDocument> bills) {
        TreeSet<Long> facts = new TreeSet<>();
        bills.stream()
                .filter(bill -> bill.state() == State.BOOKED
                        || (bill.state() == State.HELD || bill.state() == State.REFUSED)
                                && bill.partner().equals(statement.supplier()))
                .forEach(bill -> facts.add(bill.fact().sequence()));
        for (String sql : List.of(
                "SELECT DISTINCT fact FROM commission_line WHERE supplier = ? AND fact < ?",
                "SELECT DISTINCT s.closed_by FROM commission_line_share s JOIN commission_line l ON l.fact = s.fact"
                        + " AND l.ordinal = s.ordinal AND l.line = s.line WHERE l.supplier = ? AND l.fact < ?",
                "SELECT id FROM commission_agreement WHERE supplier = ? AND id < ?",
                "SELECT id FROM commission_statement WHERE supplier = ? AND id <= ?")) {
            facts.addAll(jdbc.sql(sql)
                    .params(statement.supplier().value(), statement.id().sequence())
                    .query(Long.class)
                    .list());
        }
        return List.copyOf(facts);
    }

    private Map<String, Object> proof(long sequence, TreeHead head) {
        EntryId id = new EntryId(sequence);
        EntryType type = archive.entry(id).type();
        return new TreeMap<>(Map.of(
                "sequence", sequence,
                "type", type.name(),
                "header", HexFormat.of().formatHex(archive.entry(id).headerBytes()),
                "path", hex(archive.inclusionProof(id, head.size()).path())));
    }

    private byte[] treeHead(CommissionStatement statement, TreeHead head) {
        ConsistencyProof since = archive.consistencyProof(statement.id().sequence(), head.size());
        return CanonicalJson.write(Map.of(
                "size", head.size(),
                "root", head.root().hex(),
                "signature", HexFormat.of().formatHex(signer.sign(head)),
                "since", Map.of("size", statement.id().sequence(), "path", hex(since.path()))));
    }

    private static List<String> hex(List<Sha256> path) {
        return path.stream().map(Sha256::hex).toList();
    }

    private static String folder(MappedInterchange.Outcome outcome) {
        return "guides/%s/%s/"
                .formatted(GuideVersion.folder(outcome.guideDigest(), outcome.mappingDigest()), outcome.guide());
    }

    /** As it was when the document was read, whatever the folder holds now. */
    private GuideVersion guide(MappedInterchange.Outcome outcome) {
        return guides.find(outcome.guide(), outcome.guideDigest(), outcome.mappingDigest())
                .orElseThrow(
                        () -> new IllegalStateException("No files of guide %s with the digests %s and %s are archived"
                                .formatted(outcome.guide(), outcome.guideDigest(), outcome.mappingDigest())));
    }

    private static byte[] manifest(CommissionStatement statement, Map<String, byte[]> files) {
        Map<String, Object> digests = new TreeMap<>();
        files.forEach((name, content) -> digests.put(name, Sha256.of(content).hex()));
        return CanonicalJson.write(
                Map.of("format", FORMAT, "statement", statement.id().toString(), "files", digests));
    }

    private static byte[] zip(SortedMap<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(java.time.LocalDateTime.of(2000, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
