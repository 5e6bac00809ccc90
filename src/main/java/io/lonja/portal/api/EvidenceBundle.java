package io.lonja.portal.api;

import io.lonja.archive.Archive;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.archive.TreeHead;
import io.lonja.intake.WireEvidence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What proves an interchange: the bytes that came and went, the headers of their entries, an inclusion proof of each
 * (RFC 6962, section 2.1.1), and the tree head they lead to.
 */
final class EvidenceBundle {

    private final Archive archive;

    EvidenceBundle(Archive archive) {
        this.archive = archive;
    }

    /** One thing in the bundle: its file name in the zip, and the entry whose payload it is. */
    record Item(String file, EntryId entry) {}

    /**
     * A zip with every item's payload, what the channel has of it, {@code proof.json}, and {@code SHA256SUMS} of them all
     * as {@code sha256sum -c} reads it.
     */
    byte[] zip(List<Item> items, List<WireEvidence.File> wire) {
        TreeHead head = archive.treeHead();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            List<Map<String, Object>> proofs = new ArrayList<>();
            StringBuilder sums = new StringBuilder();
            Entry first = archive.entry(items.get(0).entry());
            for (Item item : items) {
                Entry entry = archive.entry(item.entry());
                write(zip, item.file(), archive.payload(item.entry()), entry, sums);
                proofs.add(proof(item, entry, head));
            }
            for (WireEvidence.File file : wire) {
                write(zip, file.name(), file.content(), first, sums);
                if (file.entry() != null) {
                    proofs.add(proof(new Item(file.name(), file.entry()), archive.entry(file.entry()), head));
                }
            }
            Map<String, Object> proof = new LinkedHashMap<>();
            proof.put(
                    "treeHead", Map.of("size", head.size(), "root", head.root().hex()));
            proof.put("entries", proofs);
            write(zip, "proof.json", CanonicalJson.write(proof), first, sums);
            write(zip, "SHA256SUMS", sums.toString().getBytes(StandardCharsets.US_ASCII), first, new StringBuilder());
        } catch (IOException e) {
            throw new UncheckedIOException("A zip in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(ZipOutputStream zip, String file, byte[] content, Entry entry, StringBuilder sums)
            throws IOException {
        sums.append("%s  %s\n".formatted(Sha256.of(content).hex(), file));
        ZipEntry place = new ZipEntry(file);
        // The entry's own time, so that the same evidence makes the same file.
        place.setTimeLocal(entry.arrivedAt().atOffset(ZoneOffset.UTC).toLocalDateTime());
        zip.putNextEntry(place);
        zip.write(content);
        zip.closeEntry();
    }

    private Map<String, Object> proof(Item item, Entry entry, TreeHead head) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("sequence", entry.id().sequence());
        header.put("kind", entry.type().kind().name());
        header.put("type", entry.type().name());
        header.put("arrivedAt", entry.arrivedAt().toString());
        header.put("attributes", Map.copyOf(entry.attributes()));
        header.put("payloadDigest", entry.payloadDigest().hex());
        header.put("payloadLength", entry.payloadLength());
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("file", item.file());
        proof.put("header", header);
        proof.put(
                "path",
                archive.inclusionProof(item.entry(), head.size()).path().stream()
                        .map(Sha256::hex)
                        .toList());
        return proof;
    }
}
