package io.lonja.edi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The guides of a {@code schemas/} folder, each in a folder of its own whose name is its id. Immutable. */
public final class Guides {

    /** Of the file in a guide's folder that holds its structure, in StAEDI's schema format (version 4). */
    public static final String STRUCTURE = "structure.xml";

    /** Of the file that stands in its place in the folder of an overlay, and says what is agreed differently. */
    public static final String OVERLAY = "overlay.xml";

    /** Of the file that stands in its place in the folder of a guide for XML, see {@link XmlGuideReader}. */
    public static final String ELEMENTS = "elements.xml";

    private static final Pattern OVERLAY_FOLDER = Pattern.compile(
            "((?:x12-\\d{6}-\\d{3})|(?:edifact-[a-z][a-z0-9]{1,5}-[a-z]{6}))-[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?");
    private static final Pattern XML_FOLDER = Pattern.compile("ubl-[0-9]\\.[0-9]-[a-z][a-z-]{1,40}");
    private static final Pattern FOLDER =
            Pattern.compile("(x12)-(\\d{6})-(\\d{3})|(edifact)-([a-z][a-z0-9]{1,5})-([a-z]{6})");

    private final Map<GuideId, Guide> guides;
    private final Map<GuideId, XmlGuide> ofXml;
    private final Set<GuideId> agreed;
    private final List<String> faults;

    private Guides(Map<GuideId, Guide> guides, Map<GuideId, XmlGuide> ofXml, Set<GuideId> agreed, List<String> faults) {
        this.guides = guides;
        this.ofXml = ofXml;
        this.agreed = Set.copyOf(agreed);
        this.faults = List.copyOf(faults);
    }

    /** The same guides, of which {@link #select} takes these overlays instead of the guides they lie on. */
    public Guides agreed(Set<GuideId> overlays) {
        return new Guides(guides, ofXml, overlays, faults);
    }

    /**
     * Reads every folder with a {@code structure.xml}, then those with an {@code overlay.xml}. A guide with a fault is left out and its faults are in
     * {@link #faults}; the others are there.
     */
    public static Guides load(Path schemas) {
        Map<GuideId, Guide> guides = new LinkedHashMap<>();
        Map<GuideId, XmlGuide> ofXml = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        if (!Files.isDirectory(schemas)) {
            return new Guides(
                    guides,
                    ofXml,
                    Set.of(),
                    List.of(schemas + ":1: There is no such folder; message guides are looked for there."));
        }
        try (Stream<Path> folders = Files.list(schemas)) {
            List<Path> all = folders.filter(Files::isDirectory).sorted().toList();
            for (Path folder : all) {
                if (!Files.exists(folder.resolve(OVERLAY))) {
                    load(folder, guides, faults);
                    loadXml(folder, ofXml, faults);
                }
            }
            for (Path folder : all) {
                if (Files.exists(folder.resolve(OVERLAY))) {
                    overlay(folder, guides, faults);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The guides in %s cannot be read".formatted(schemas), e);
        }
        return new Guides(guides, ofXml, Set.of(), faults);
    }

    private static void loadXml(Path folder, Map<GuideId, XmlGuide> ofXml, List<String> faults) throws IOException {
        Path file = folder.resolve(ELEMENTS);
        String name = folder.getFileName().toString();
        if (!Files.exists(file)) {
            if (XML_FOLDER.matcher(name).matches()) {
                faults.add(file + ":1: The guide has no elements; put those that are looked at into this file.");
            }
            return;
        }
        if (!XML_FOLDER.matcher(name).matches()) {
            faults.add(
                    file
                            + ":1: The folder of a guide for XML is named for standard, version and document, such as ubl-2.1-invoice.");
            return;
        }
        if (Files.size(file) > Limits.GUIDE_BYTES_MAX) {
            faults.add("%s:1: A guide has at most %d bytes.".formatted(file, Limits.GUIDE_BYTES_MAX));
            return;
        }
        XmlGuideReader reader = new XmlGuideReader(file.toString());
        reader.read(Files.readAllBytes(file), new GuideId(name)).ifPresent(it -> ofXml.put(it.id(), it));
        faults.addAll(reader.faults());
    }

    /** An overlay of a guide beside it; or, where somebody keeps both in one folder, of that one's structure. */
    private static void overlay(Path folder, Map<GuideId, Guide> guides, List<String> faults) throws IOException {
        Path file = folder.resolve(OVERLAY);
        Path structure = folder.resolve(STRUCTURE);
        String name = folder.getFileName().toString();
        Matcher shape = OVERLAY_FOLDER.matcher(name);
        if (!shape.matches()) {
            faults.add(
                    file
                            + ":1: An overlay's folder is named for its base guide and whom it is agreed with, such as x12-004010-850-acme.");
            return;
        }
        if (Files.size(file) > Limits.GUIDE_BYTES_MAX) {
            faults.add("%s:1: An overlay has at most %d bytes.".formatted(file, Limits.GUIDE_BYTES_MAX));
            return;
        }
        GuideId base = new GuideId(shape.group(1));
        boolean besideBase = Files.isDirectory(folder.resolveSibling(base.value()));
        Map<GuideId, Guide> own = new LinkedHashMap<>();
        if (Files.exists(structure) && besideBase) {
            faults.add(structure
                    + ":1: An overlay has the structure of its base guide and none of its own; leave this file out.");
            return;
        }
        if (Files.exists(structure)) {
            load(structure, base.value(), own, faults);
        }
        OverlayReader reader = new OverlayReader(file.toString());
        reader.read(
                        Files.readAllBytes(file),
                        new GuideId(name),
                        base,
                        besideBase ? guides.get(base) : own.get(base),
                        besideBase || Files.exists(structure))
                .ifPresent(it -> guides.put(it.id(), it));
        faults.addAll(reader.faults());
    }

    private static void load(Path folder, Map<GuideId, Guide> guides, List<String> faults) throws IOException {
        load(folder.resolve(STRUCTURE), folder.getFileName().toString(), guides, faults);
    }

    private static void load(Path structure, String folder, Map<GuideId, Guide> guides, List<String> faults)
            throws IOException {
        Matcher name = FOLDER.matcher(folder);
        if (!Files.exists(structure)) {
            if (name.matches()) {
                faults.add(structure + ":1: The guide has no structure; put its segments and loops into this file.");
            }
            return;
        }
        if (!name.matches()) {
            faults.add(
                    structure
                            + ":1: A guide's folder is named for standard, version and transaction set, such as x12-004010-850 or edifact-d96a-orders.");
            return;
        }
        if (Files.size(structure) > Limits.GUIDE_BYTES_MAX) {
            faults.add("%s:1: A guide has at most %d bytes.".formatted(structure, Limits.GUIDE_BYTES_MAX));
            return;
        }
        GuideReader reader = new GuideReader(structure.toString());
        boolean x12 = name.group(1) != null;
        Optional<Guide> guide = reader.read(
                Files.readAllBytes(structure),
                new GuideId(name.group()),
                x12 ? Standard.X12 : Standard.EDIFACT,
                (x12 ? name.group(2) : name.group(5)).toUpperCase(Locale.ROOT),
                (x12 ? name.group(3) : name.group(6)).toUpperCase(Locale.ROOT));
        faults.addAll(reader.faults());
        guide.ifPresent(it -> guides.put(it.id(), it));
    }

    /** Everything that is wrong with the guides, each as {@code file:line: sentence}; empty when all is well. */
    public List<String> faults() {
        return faults;
    }

    /** All guides without fault that are no overlays, in the order of their ids. */
    public Collection<Guide> all() {
        return guides.values().stream().filter(guide -> !guide.overlay()).toList();
    }

    /** All overlays without fault, in the order of their ids. */
    public Collection<Guide> overlays() {
        return guides.values().stream().filter(Guide::overlay).toList();
    }

    /** The guide for XML documents with this id. */
    public Optional<XmlGuide> findXml(GuideId id) {
        return Optional.ofNullable(ofXml.get(id));
    }

    /** All guides for XML without fault: those that are among these first, each by their ids. */
    Collection<XmlGuide> ofXml(Set<GuideId> first) {
        return ofXml.values().stream()
                .sorted(Comparator.comparing((XmlGuide guide) -> !first.contains(guide.id()))
                        .thenComparing(guide -> guide.id().value()))
                .toList();
    }

    public Optional<Guide> find(GuideId id) {
        return Optional.ofNullable(guides.get(id));
    }

    /**
     * The guide for what arrives.
     *
     * @param version GS08, whose first six characters decide, so that {@code 004010VICS} is read as {@code 004010}; or
     *     UNH 0052 and 0054, {@code D96A}, which nobody looks at in a CONTRL: its version follows the syntax. A 997 or
     *     999 is read by the newest guide that is not newer than itself, else by the oldest: they changed little
     * @param type ST01 or UNH 0065
     */
    public Optional<Guide> select(Standard standard, String version, String type) {
        if (standard == Standard.X12 && X12Versions.acknowledges(type)) {
            return acknowledgment(version, type);
        }
        return Stream.concat(overlays().stream().filter(guide -> agreed.contains(guide.id())), all().stream())
                .filter(guide -> guide.standard() == standard && guide.type().equals(type) && matches(guide, version))
                .findFirst();
    }

    private Optional<Guide> acknowledgment(String version, String type) {
        List<Guide> oldestFirst = all().stream()
                .filter(guide ->
                        guide.standard() == Standard.X12 && guide.type().equals(type))
                .sorted(Comparator.comparing(Guide::version))
                .toList();
        return oldestFirst.stream()
                .filter(guide -> guide.version().compareTo(X12Versions.release(version)) <= 0)
                .reduce((older, newer) -> newer)
                .or(() -> oldestFirst.stream().findFirst());
    }

    /**
     * Whether anything of this version can be read.
     *
     * @param version GS08
     * @param acknowledging whether it is the version of acknowledgments; those say nothing about documents
     */
    boolean knowsVersion(String version, boolean acknowledging) {
        return Stream.concat(all().stream(), overlays().stream().filter(guide -> agreed.contains(guide.id())))
                .filter(guide -> guide.standard() == Standard.X12)
                .filter(guide -> X12Versions.acknowledges(guide.type()) == acknowledging)
                .anyMatch(guide -> acknowledging || matches(guide, version));
    }

    private static boolean matches(Guide guide, String version) {
        if (guide.standard() == Standard.EDIFACT) {
            return guide.version().equals(version) || guide.type().equals(EdifactReader.ACKNOWLEDGMENT);
        }
        return guide.version().equals(X12Versions.release(version));
    }
}
