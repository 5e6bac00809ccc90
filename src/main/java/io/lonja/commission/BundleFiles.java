package io.lonja.commission;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.archive.ConsistencyProof;
import io.lonja.archive.EntryId;
import io.lonja.archive.InclusionProof;
import io.lonja.archive.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The files of a bundle, by name.
 *
 * @param files without directories
 */
record BundleFiles(SortedMap<String, byte[]> files) {

    private static final int FILES_MAX = 100_000;
    private static final long BYTES_MAX = 512L << 20;
    private static final Pattern NAME =
            Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/){0,3}[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /** Throws {@link IllegalArgumentException} when it is no zip of files with the names of a bundle. */
    static BundleFiles open(Path zip) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        long total = 0;
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(in, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (!NAME.matcher(entry.getName()).matches() || files.size() == FILES_MAX) {
                    throw new IllegalArgumentException(
                            "%s holds a file that no bundle has: %s".formatted(zip, entry.getName()));
                }
                byte[] content = entries.readNBytes((int) Math.min(Integer.MAX_VALUE - 8L, BYTES_MAX - total + 1));
                total += content.length;
                if (total > BYTES_MAX) {
                    throw new IllegalArgumentException("%s holds more than %d bytes".formatted(zip, BYTES_MAX));
                }
                if (files.put(entry.getName(), content) != null) {
                    throw new IllegalArgumentException("%s holds %s twice".formatted(zip, entry.getName()));
                }
            }
        } catch (ZipException e) {
            throw new IllegalArgumentException("%s is not a zip: %s".formatted(zip, e.getMessage()), e);
        }
        BundleFiles bundle = new BundleFiles(files);
        if (!files.containsKey("manifest.json") || !files.containsKey("statement.json")) {
            throw new IllegalArgumentException("%s is not a statement bundle".formatted(zip));
        }
        return bundle;
    }

    byte[] bytes(String name) {
        byte[] content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException("the bundle lacks " + name);
        }
        return content;
    }

    JsonNode json(String name) {
        return CommissionCommands.tree(bytes(name));
    }

    /** What does not fit the manifest. */
    List<String> digestFindings() {
        List<String> findings = new ArrayList<>();
        JsonNode manifest = json("manifest.json");
        if (!StatementBundles.FORMAT.equals(manifest.path("format").asText())) {
            findings.add("The manifest is of format %s; this verifier knows %s."
                    .formatted(manifest.path("format").asText(), StatementBundles.FORMAT));
        }
        JsonNode digests = manifest.path("files");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!file.getKey().equals("manifest.json")
                    && !Sha256.of(file.getValue())
                            .hex()
                            .equals(digests.path(file.getKey()).asText())) {
                findings.add("%s was changed: its digest is not the one in the manifest.".formatted(file.getKey()));
            }
        }
        digests.fieldNames().forEachRemaining(name -> {
            if (!files.containsKey(name)) {
                findings.add("The bundle lacks %s.".formatted(name));
            }
        });
        return findings;
    }

    /** Writes the files below this prefix to the folder, and returns it. */
    Path extract(String prefix, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().startsWith(prefix)) {
                Path target = folder.resolve(file.getKey().substring(prefix.length()));
                Path parent = target.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.write(target, file.getValue());
            }
        }
        return folder;
    }

    /** The names of the folders right below this one. */
    SortedSet<String> foldersBelow(String prefix) {
        SortedSet<String> folders = new TreeSet<>();
        for (String name : files.keySet()) {
            int slash = name.indexOf('/', prefix.length());
            if (name.startsWith(prefix) && slash > 0) {
                folders.add(name.substring(prefix.length(), slash));
            }
        }
        return folders;
    }

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static InclusionProof inclusion(EntryId entry, long treeSize, JsonNode path) {
        return new InclusionProof(entry, treeSize, digests(path));
    }

    static ConsistencyProof consistency(long older, long newer, JsonNode path) {
        return new ConsistencyProof(older, newer, digests(path));
    }

    private static List<Sha256> digests(JsonNode path) {
        List<Sha256> digests = new ArrayList<>();
        path.forEach(digest -> digests.add(Sha256.fromHex(digest.asText())));
        return digests;
    }
}
