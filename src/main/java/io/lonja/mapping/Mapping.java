package io.lonja.mapping;

import io.lonja.archive.Sha256;
import io.lonja.document.DocumentType;
import io.lonja.document.GuideVersion;
import io.lonja.edi.GuideId;
import io.lonja.edi.TransactionSet;
import io.lonja.partner.Agreement;
import io.lonja.partner.TradingPartner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What transaction sets mean, by the guides of a {@code schemas/} folder. Plain Java, a pure function of the set and the
 * files, safe for many threads; the hub and the command line use the same.
 */
public final class Mapping {

    /** What made the documents, as facts record it. */
    public static final String ENGINE = "lonja-mapping 1, smooks 2.2.1";

    private final Map<String, GuideMapping> guides;

    private final Map<String, OutboundTemplate> templates;
    private final List<GuideVersion> versions;

    private Mapping(
            Map<String, GuideMapping> guides, Map<String, OutboundTemplate> templates, List<GuideVersion> versions) {
        this.guides = guides;
        this.templates = templates;
        this.versions = List.copyOf(versions);
    }

    /**
     * Reads the mappings below this folder; guides without one are left out.
     *
     * @throws IllegalArgumentException when a file there cannot be used; the message names it
     */
    public static Mapping of(Path schemas) {
        Map<String, GuideMapping> guides = new TreeMap<>();
        Map<String, OutboundTemplate> templates = new TreeMap<>();
        List<GuideVersion> versions = new ArrayList<>();
        try {
            for (GuideFolder folder : GuideFolder.below(schemas)) {
                versions.add(folder.version(ENGINE));
                GuideMapping.of(folder).ifPresent(guide -> guides.put(folder.name(), guide));
                OutboundTemplate.of(folder).ifPresent(template -> templates.put(folder.name(), template));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the guides in " + schemas, e);
        }
        return new Mapping(guides, templates, versions);
    }

    /** Every guide of the folder as it was read, in the order of their names; also those without a mapping. */
    public List<GuideVersion> versions() {
        return versions;
    }

    /** How documents are written in this guide; empty where there is no template. */
    Optional<OutboundTemplate> template(GuideId guide) {
        return Optional.ofNullable(templates.get(guide.value()));
    }

    /** Prepares every guide now, which takes up to a second each, instead of at its first document. */
    public Mapping warmed() {
        return warmed(guides.keySet());
    }

    /** Prepares these guides, as far as they are mapped here; others wait for their first document. */
    Mapping warmed(Collection<String> used) {
        used.stream().distinct().map(guides::get).filter(Objects::nonNull).forEach(GuideMapping::smooks);
        return this;
    }

    /** What documents under this guide are (an invoice's may also be credit notes); empty where none is mapped. */
    public Optional<DocumentType> documentType(GuideId guide) {
        return Optional.ofNullable(guides.get(guide.value())).map(GuideMapping::type);
    }

    /** Of the files that say what a transaction set of this guide may hold. */
    public Sha256 guideDigest(GuideId guide) {
        return known(guide).guideDigest();
    }

    /** Of the files that say what it means. */
    public Sha256 mappingDigest(GuideId guide) {
        return known(guide).mappingDigest();
    }

    /**
     * The document that an accepted transaction set says. Never throws for what a sender could have written.
     *
     * @throws IllegalArgumentException when its guide is not mapped here
     */
    public Mapped map(TransactionSet set, MappingContext context) {
        GuideId guide = set.guide();
        if (guide == null) {
            throw new IllegalArgumentException(
                    "Transaction set %s was judged by no guide".formatted(set.controlNumber()));
        }
        Mapped mapped = known(guide).map(set.content(), set.bytes(), context);
        TradingPartner sender = context.sender();
        return sender == null
                ? mapped
                : new PartnerCodes(
                                sender,
                                sender.inbound(guide.value())
                                        .map(Agreement::codes)
                                        .orElse(List.of()))
                        .inbound(mapped, set);
    }

    private GuideMapping known(GuideId guide) {
        GuideMapping mapping = guides.get(guide.value());
        if (mapping == null) {
            throw new IllegalArgumentException("The guide %s has no mapping (*.smooks.xml)".formatted(guide));
        }
        return mapping;
    }
}
