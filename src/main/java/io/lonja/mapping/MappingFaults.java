package io.lonja.mapping;

import io.lonja.edi.Guide;
import io.lonja.edi.GuideId;
import io.lonja.edi.Guides;
import io.lonja.edi.XmlGuide;
import io.lonja.partner.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** What is wrong with the mappings of a {@code schemas/} folder, without running them. */
public final class MappingFaults {

    /** The attributes of Smooks' own elements that select something. */
    private static final Set<String> SELECTING = Set.of(
            "createOnElement",
            "data",
            "wireOnElement",
            "setOnElement",
            "executeOnElement",
            "applyOnElement",
            "selector");

    private MappingFaults() {}

    /**
     * A selector that matches no place of its guide, a bean that does not exist, a file that is no XML, or two mappings
     * in one folder.
     *
     * @param guides those of the same folder; the mapping of a guide that could not be read is only read as XML
     */
    public static List<Fault> in(Path schemas, Guides guides) {
        if (!Files.isDirectory(schemas)) {
            return List.of();
        }
        List<Fault> faults = new ArrayList<>();
        try {
            for (GuideFolder folder : GuideFolder.below(schemas)) {
                Path place = schemas.resolve(folder.name());
                List<String> files = folder.smooksFiles();
                if (files.size() > 1) {
                    faults.add(new Fault(
                            place.resolve(files.get(1)),
                            1,
                            "This guide has %d mappings (*.smooks.xml); keep one, a guide makes one kind of document."
                                    .formatted(files.size())));
                }
                for (String file : files) {
                    if (folder.inherits(file)) {
                        continue;
                    }
                    byte[] content = Objects.requireNonNull(folder.files().get(file));
                    GuideId id = new GuideId(folder.name());
                    faults.addAll(new Reading(
                                    place.resolve(file),
                                    guides.find(id).orElse(null),
                                    guides.findXml(id).orElse(null))
                            .faults(content));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the guides in " + schemas, e);
        }
        return faults;
    }

    /** One file. */
    private static final class Reading {

        private record Named(int line, String bean) {}

        private final Path file;
        private final @Nullable Guide guide;
        private final @Nullable XmlGuide xml;
        private final List<Fault> faults = new ArrayList<>();
        private final Set<String> beans = new HashSet<>();
        private final List<Named> wired = new ArrayList<>();

        /** Without a guide of either kind, because it has faults of its own, it is only read as XML. */
        Reading(Path file, @Nullable Guide guide, @Nullable XmlGuide xml) {
            this.file = file;
            this.guide = guide;
            this.xml = xml;
        }

        List<Fault> faults(byte[] content) {
            try {
                XMLStreamReader reader = SegmentXml.XML.createXMLStreamReader(new ByteArrayInputStream(content));
                while (reader.hasNext()) {
                    if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                        element(reader);
                    }
                }
            } catch (XMLStreamException e) {
                String reason = Objects.requireNonNullElse(e.getMessage(), "it ends too early")
                        .lines()
                        .reduce((first, last) -> last)
                        .orElseThrow();
                faults.add(new Fault(
                        file, Math.max(1, e.getLocation().getLineNumber()), "This is not well-formed XML: " + reason));
                return faults;
            }
            wired.stream()
                    .filter(named -> !beans.contains(named.bean()))
                    .forEach(named -> faults.add(new Fault(
                            file, named.line(), "There is no bean '%s' in this file.".formatted(named.bean()))));
            return faults;
        }

        private void element(XMLStreamReader reader) {
            int line = reader.getLocation().getLineNumber();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                String name = reader.getAttributeLocalName(i);
                String value = reader.getAttributeValue(i);
                if (name.equals("beanId")) {
                    beans.add(value);
                } else if (name.equals("beanIdRef")) {
                    wired.add(new Named(line, value));
                } else if (SELECTING.contains(name)) {
                    Selector.parse(value)
                            .flatMap(this::fault)
                            .ifPresent(sentence -> faults.add(new Fault(file, line, sentence)));
                }
            }
        }

        private Optional<String> fault(Selector selector) {
            if (guide != null) {
                return selector.fault(guide);
            }
            return xml == null ? Optional.empty() : selector.fault(xml);
        }
    }
}
