package io.lonja.edi;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * EDI files that other people wrote, as {@code src/docs/proof/edi-corpus.tsv} lists them. They are not part of the project:
 * {@code src/docs/proof/fetch-edi-corpus.sh} gets them, and {@code -Dlonja.corpus} says where they lie.
 */
final class EdiCorpus {

    static final Path FOLDER = Path.of(System.getProperty("lonja.corpus", "../shared/edi-corpus"));
    static final String ABSENT = "No corpus at " + FOLDER + ": only the project's own samples are read";
    private static final Path LIST = Path.of("src/docs/proof/edi-corpus.tsv");

    private EdiCorpus() {}

    /** One line of the list. */
    record Listed(String repository, String commit, String path, String sha256) {

        Path file() {
            return FOLDER.resolve(repository.replace("/", "__")).resolve(path.replace(' ', '_'));
        }

        String name() {
            return repository + " " + path;
        }
    }

    static boolean isThere() {
        return Files.isDirectory(FOLDER);
    }

    static List<Listed> listed() {
        return new String(EdiFixture.bytes(LIST), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(columns -> new Listed(columns[0], columns[1], columns[2], columns[3]))
                .toList();
    }

    /** All of them; none where the corpus is absent. */
    static List<Path> files() {
        if (!isThere()) {
            System.out.println(ABSENT);
            return List.of();
        }
        return listed().stream().map(Listed::file).toList();
    }

    /** The elements without what is empty behind the last text of a repetition, an element and the segment. */
    static List<List<List<String>>> withoutEmptyTails(Segment segment) {
        return withoutEmptyTails(
                segment.elements().stream().map(Segment.Element::repetitions).toList());
    }

    static List<List<List<String>>> withoutEmptyTails(List<List<List<String>>> elements) {
        List<List<List<String>>> shortened = new ArrayList<>();
        for (List<List<String>> repetitions : elements) {
            List<List<String>> kept = new ArrayList<>();
            repetitions.forEach(components -> kept.add(cut(new ArrayList<>(components))));
            shortened.add(cut(kept));
        }
        return cut(shortened);
    }

    private static <T> List<T> cut(List<T> list) {
        while (!list.isEmpty()
                && (list.get(list.size() - 1).equals("")
                        || list.get(list.size() - 1).equals(List.of()))) {
            list.remove(list.size() - 1);
        }
        return list;
    }
}
