package io.lonja.document;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Draft;
import io.lonja.archive.EntryType;
import io.lonja.archive.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fact that from here on a guide is another: its files as they are, so that what was concluded by them can be
 * concluded again when the folder holds others.
 *
 * @param guide the folder under {@code schemas/}
 * @param guideDigest of the files that judge
 * @param mappingDigest of the files that map
 * @param engine name and version of the program that reads by them
 * @param files name and content in Base64
 */
public record GuideVersion(
        String guide, Sha256 guideDigest, Sha256 mappingDigest, String engine, SortedMap<String, String> files) {

    static final EntryType TYPE = EntryType.fact("guide-version");

    private static final int FOLDER_CHARACTERS = 16;

    /** @param contents by file name */
    public static GuideVersion of(
            String guide, Sha256 guideDigest, Sha256 mappingDigest, String engine, Map<String, byte[]> contents) {
        SortedMap<String, String> files = new TreeMap<>();
        contents.forEach((name, content) -> files.put(name, Base64.getEncoder().encodeToString(content)));
        return new GuideVersion(guide, guideDigest, mappingDigest, engine, files);
    }

    /** The files' contents by name. */
    public SortedMap<String, byte[]> contents() {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        files.forEach((name, content) -> contents.put(name, Base64.getDecoder().decode(content)));
        return contents;
    }

    /** What a folder for this version alone is called: the first {@value #FOLDER_CHARACTERS} digits of a digest over both. */
    public static String folder(Sha256 guideDigest, Sha256 mappingDigest) {
        return Sha256.of((guideDigest.hex() + mappingDigest.hex()).getBytes(StandardCharsets.US_ASCII))
                .hex()
                .substring(0, FOLDER_CHARACTERS);
    }

    Draft draft() {
        return Draft.of(TYPE, Map.of("guide", guide), CanonicalJson.of(this));
    }
}
