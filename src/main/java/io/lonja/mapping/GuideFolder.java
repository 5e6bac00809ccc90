package io.lonja.mapping;

import io.lonja.archive.Sha256;
import io.lonja.document.GuideVersion;
import io.lonja.edi.GuideId;
import io.lonja.edi.Guides;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of one guide, read once; samples are left out. An overlay has those of its base guide besides, as far as it
 * has none of its own in their place: so it can be kept and read without the other.
 *
 * @param name the folder's name, which is the guide's id
 * @param files content by name
 * @param inherited the names of those that lie in the folder of the base guide
 */
record GuideFolder(String name, SortedMap<String, byte[]> files, Set<String> inherited) {

    static final String SMOOKS = ".smooks.xml";
    static final String NAMES = "names.properties";
    static final String OUT = ".out.ftlx";

    private static final String DESCRIPTION = ".md";
    /** What an editor or a desktop leaves beside the files has other names, and is no part of the guide. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /** The folders below this one that hold a guide, in the order of their names. */
    static List<GuideFolder> below(Path schemas) throws IOException {
        List<GuideFolder> guides = new ArrayList<>();
        try (Stream<Path> folders = Files.list(schemas)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                GuideFolder guide = of(folder);
                if (guide.files.containsKey(Guides.STRUCTURE)
                        || guide.files.containsKey(Guides.ELEMENTS)
                        || guide.files.keySet().stream().anyMatch(GuideFolder::maps)) {
                    guides.add(guide);
                }
            }
        }
        return guides;
    }

    private static GuideFolder of(Path folder) throws IOException {
        String name = folder.getFileName().toString();
        SortedMap<String, byte[]> files = read(folder);
        Set<String> inherited = new TreeSet<>();
        if (files.containsKey(Guides.OVERLAY)) {
            Optional<Path> base = new GuideId(name)
                    .base()
                    .map(guide -> folder.resolveSibling(guide.value()))
                    .filter(Files::isDirectory);
            if (base.isPresent()) {
                SortedMap<String, byte[]> others = read(base.get());
                Set<String> kinds =
                        files.keySet().stream().map(GuideFolder::kind).collect(Collectors.toSet());
                others.keySet().removeIf(file -> file.endsWith(DESCRIPTION) || kinds.contains(kind(file)));
                inherited.addAll(others.keySet());
                files.putAll(others);
            }
        }
        return new GuideFolder(name, files, inherited);
    }

    /** A folder has one mapping and one template, whatever document they are named for. */
    private static String kind(String file) {
        return file.endsWith(SMOOKS) ? SMOOKS : file.endsWith(OUT) ? OUT : file;
    }

    boolean inherits(String file) {
        return inherited.contains(file);
    }

    private static SortedMap<String, byte[]> read(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (NAME.matcher(name).matches()) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    /** Of the files that say what a transaction set may hold. */
    Sha256 guideDigest() {
        return digest(file -> !maps(file) && !file.endsWith(OUT) && !file.endsWith(DESCRIPTION));
    }

    /** Of the files that say what it means. */
    Sha256 mappingDigest() {
        return digest(GuideFolder::maps);
    }

    GuideVersion version(String engine) {
        return GuideVersion.of(name, guideDigest(), mappingDigest(), engine, files);
    }

    /** The Smooks files in it, in the order of their names. */
    List<String> smooksFiles() {
        return files.keySet().stream().filter(file -> file.endsWith(SMOOKS)).toList();
    }

    private static boolean maps(String file) {
        return file.endsWith(SMOOKS) || file.equals(NAMES);
    }

    private Sha256 digest(Predicate<String> counts) {
        List<byte[]> parts = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (counts.test(file.getKey())) {
                parts.add(String.format(Locale.ROOT, "%s %d\n", file.getKey(), file.getValue().length)
                        .getBytes(StandardCharsets.UTF_8));
                parts.add(file.getValue());
            }
        }
        return Sha256.of(parts.toArray(byte[][]::new));
    }
}
