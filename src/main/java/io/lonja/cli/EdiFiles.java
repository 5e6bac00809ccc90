package io.lonja.cli;

import io.lonja.edi.Guide;
import io.lonja.edi.GuideId;
import io.lonja.edi.Guides;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.ReadingManner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The files a command reads, one after the other, and the guides it reads them by. */
class EdiFiles {

    static final String STANDARD_INPUT = "-";

    @Option(
            names = {"--config", "--lonja.config"},
            paramLabel = "DIR",
            defaultValue = "${env:LONJA_CONFIG:-.}",
            description = "The folder that holds schemas/ (default: LONJA_CONFIG or .).")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(
            names = "--guide",
            paramLabel = "ID",
            description =
                    "Judges by this overlay, as agreed with a partner, instead of its base guide; may be given several times.")
    private List<String> overlays = List.of();

    @Option(
            names = "--strict",
            description = "Reads as from a sender that is held to the letter: what is a warning otherwise refuses.")
    private boolean strict;

    @Option(
            names = "--x12-character-set",
            paramLabel = "NAME",
            defaultValue = "UTF-8",
            description = "Of bytes beyond ASCII in X12, which declares none (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Charset characterSet;

    Path schemas() {
        Path schemas = config.resolve("schemas");
        if (!Files.isDirectory(schemas)) {
            throw new RefusedException(
                    "There are no guides: %s is not a folder; name the one that holds schemas/ by --config."
                            .formatted(schemas));
        }
        return schemas;
    }

    /** Throws {@link RefusedException} with all faults when a guide has any. */
    Guides guides() {
        Guides guides = Guides.load(schemas());
        if (!guides.faults().isEmpty()) {
            throw new RefusedException(
                    "The guides have faults:%n%s".formatted(String.join(System.lineSeparator(), guides.faults())));
        }
        return guides;
    }

    /**
     * Judges by these guides, and by the overlays that were asked for.
     *
     * @throws RefusedException when one of them is no overlay here, or two lie on the same guide
     */
    InterchangeParser parser(Guides guides) {
        Map<GuideId, GuideId> byBase = new HashMap<>();
        for (String overlay : overlays) {
            GuideId id = guides.overlays().stream()
                    .map(Guide::id)
                    .filter(it -> it.value().equals(overlay))
                    .findFirst()
                    .orElseThrow(() -> new RefusedException(
                            "There is no overlay %s in %s; there %s.".formatted(overlay, schemas(), listed(guides))));
            GuideId other = byBase.put(id.base().orElseThrow(), id);
            if (other != null && !other.equals(id)) {
                throw new RefusedException(
                        "%s and %s lie on the same guide; judge by one at a time.".formatted(other, id));
            }
        }
        return InterchangeParser.with(guides)
                .agreed(new ReadingManner(Set.copyOf(byBase.values()), strict, characterSet));
    }

    private static String listed(Guides guides) {
        String ids = guides.overlays().stream().map(guide -> guide.id().value()).collect(Collectors.joining(", "));
        return ids.isEmpty() ? "is none" : "are " + ids;
    }

    /**
     * The files in the order they were named; a folder is all files below it, in the order of their paths.
     *
     * @throws RefusedException when a folder has none or cannot be listed, and when standard input is named twice
     */
    static List<String> each(List<String> names) {
        List<String> files = new ArrayList<>();
        for (String name : names) {
            if (name.equals(STANDARD_INPUT) && files.contains(STANDARD_INPUT)) {
                throw new RefusedException("Standard input (-) can be read only once; name it once.");
            }
            if (!name.equals(STANDARD_INPUT) && Files.isDirectory(Path.of(name))) {
                files.addAll(below(Path.of(name)));
            } else {
                files.add(name);
            }
        }
        return files;
    }

    private static List<String> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            List<String> found = files.filter(Files::isRegularFile)
                    .sorted()
                    .map(Path::toString)
                    .toList();
            if (found.isEmpty()) {
                throw new RefusedException("There is no file in the folder %s.".formatted(folder));
            }
            return found;
        } catch (IOException | UncheckedIOException e) {
            throw new RefusedException("The folder %s cannot be read: %s".formatted(folder, e.getMessage()));
        }
    }
}
