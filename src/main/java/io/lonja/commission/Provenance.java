package io.lonja.commission;

import io.lonja.archive.Archive;
import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.archive.TreeHead;
import io.lonja.document.DocumentRegister;
import io.lonja.document.DocumentRelease;
import io.lonja.document.MappedInterchange;
import io.lonja.document.RegisteredDocument;
import io.lonja.party.PartyId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Leads any ledger entry back to the bytes that caused it, with a proof for every step that is archived. */
public class Provenance {

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final CommissionAgreements agreements;
    private final Archive archive;
    private final DocumentRegister documents;

    Provenance(
            JdbcClient jdbc,
            Ledger ledger,
            CommissionAgreements agreements,
            Archive archive,
            DocumentRegister documents) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.agreements = agreements;
        this.archive = archive;
        this.documents = documents;
    }

    /**
     * The chain from the entry to the wire.
     *
     * @param mayReadRule whether the terms of this supplier's agreement are told, or only its id and digest
     * @return by name, in the order of the chain: {@code entry}, {@code rule}, {@code document}, {@code mapping},
     *     {@code wire} with the segments themselves, {@code proofs}; empty when there is no such entry
     */
    public Optional<Map<String, Object>> of(JournalEntryId id, Predicate<PartyId> mayReadRule) {
        return ledger.entry(id).map(entry -> chain(entry, mayReadRule.test(entry.supplier())));
    }

    private Map<String, Object> chain(JournalEntry entry, boolean rulesTerms) {
        TreeHead head = archive.treeHead();
        Map<String, Object> proofs = new LinkedHashMap<>();
        Map<String, Object> chain = new LinkedHashMap<>();
        chain.put("entry", entry.id().toString());
        RuleVersion rule = entry.agreement();
        if (rule != null) {
            agreements
                    .find(rule.agreement())
                    .ifPresent(agreement -> chain.put(
                            "rule",
                            rulesTerms
                                    ? agreement.tree()
                                    : Map.of(
                                            "id", rule.agreement().toString(),
                                            "rule", rule.digest().hex())));
            proofs.put("rule", proof(rule.agreement(), head));
        }
        chain.put(
                "document",
                Map.of(
                        "sender", entry.because().sender().value(),
                        "type", entry.because().type().wireName(),
                        "number", entry.because().number(),
                        "line", entry.line()));
        mappedBy(entry).ifPresent(place -> {
            chain.put("mapping", mapping(place));
            proofs.put("mapping", proof(place.fact(), head));
        });
        chain.put("wire", wire(entry));
        proofs.put("fact", proof(entry.id().fact(), head));
        proofs.put("interchange", proof(entry.because().at().entry(), head));
        chain.put("proofs", proofs);
        chain.put("treeHead", Map.of("size", head.size(), "root", head.root().hex()));
        return chain;
    }

    private record Place(EntryId fact, int ordinal) {}

    private Optional<Place> mappedBy(JournalEntry entry) {
        return jdbc.sql("SELECT fact, ordinal FROM commission_line WHERE interchange = ? AND sender = ? AND type = ?"
                        + " AND number = ? AND bytes_from = ? ORDER BY fact, ordinal FETCH FIRST 1 ROW ONLY")
                .params(
                        entry.because().at().entry().sequence(),
                        entry.because().sender().value(),
                        entry.because().type().wireName(),
                        entry.because().number(),
                        entry.because().at().bytes().from())
                .query((row, index) -> new Place(new EntryId(row.getLong("fact")), row.getInt("ordinal")))
                .optional()
                .map(place -> mapped(place, entry.because().at().entry()));
    }

    /** What was released counts by its release; what it says was concluded before. */
    private Place mapped(Place place, EntryId receipt) {
        return archive.entry(place.fact()).type().equals(DocumentRelease.RELEASED)
                ? documents
                        .find(RegisteredDocument.idOf(receipt, place.ordinal()))
                        .map(document -> new Place(document.fact(), place.ordinal()))
                        .orElse(place)
                : place;
    }

    private Map<String, Object> mapping(Place place) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("fact", place.fact().toString());
        if (!archive.entry(place.fact()).type().equals(MappedInterchange.MAPPED)) {
            return mapping;
        }
        MappedInterchange mapped = CanonicalJson.read(archive.payload(place.fact()), MappedInterchange.class);
        mapping.put("engine", mapped.engine());
        mapped.documents().stream()
                .filter(outcome -> outcome.ordinal() == place.ordinal())
                .findFirst()
                .ifPresent(outcome -> {
                    mapping.put("guide", outcome.guide());
                    mapping.put("guideDigest", outcome.guideDigest().hex());
                    mapping.put("mappingDigest", outcome.mappingDigest().hex());
                    mapping.put("interchangeControlNumber", outcome.interchange());
                    mapping.put("transactionSetControlNumber", outcome.controlNumber());
                });
        return mapping;
    }

    private Map<String, Object> wire(JournalEntry entry) {
        EntryId id = entry.because().at().entry();
        byte[] payload = archive.payload(id);
        ByteRange range = entry.because().at().bytes();
        byte[] segments = Arrays.copyOfRange(
                payload, Math.toIntExact(range.from()), Math.toIntExact(Math.min(range.to(), payload.length)));
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("interchange", id.toString());
        wire.put("from", range.from());
        wire.put("to", range.to());
        wire.put("text", text(segments));
        wire.put("sha256", Sha256.of(segments).hex());
        return wire;
    }

    /** As UTF-8 where the bytes are; otherwise each byte is one character, so that none is lost. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private Map<String, Object> proof(EntryId id, TreeHead head) {
        Entry entry = archive.entry(id);
        List<String> path = archive.inclusionProof(id, head.size()).path().stream()
                .map(Sha256::hex)
                .toList();
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("sequence", id.toString());
        proof.put("type", entry.type().name());
        proof.put("arrivedAt", entry.arrivedAt().toString());
        proof.put("sha256", entry.payloadDigest().hex());
        proof.put("header", java.util.HexFormat.of().formatHex(entry.headerBytes()));
        proof.put("path", path);
        return proof;
    }
}
