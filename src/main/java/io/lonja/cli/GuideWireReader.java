package io.lonja.cli;

import io.lonja.commission.WireReader;
import io.lonja.edi.Guide;
import io.lonja.edi.GuideId;
import io.lonja.edi.Guides;
import io.lonja.edi.Interchange;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.ReadingManner;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import io.lonja.mapping.Mapped;
import io.lonja.mapping.Mapping;
import io.lonja.mapping.MappingContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads interchanges with the guides of a folder, as the hub does. */
final class GuideWireReader implements WireReader {

    private record Loaded(InterchangeParser parser, Mapping mapping) {}

    private final Map<Path, Loaded> loaded = new HashMap<>();

    @Override
    public List<Found> read(byte[] payload, Path guides, @Nullable Currency defaultCurrency) {
        Loaded by = loaded.computeIfAbsent(guides, GuideWireReader::load);
        List<Found> found = new ArrayList<>();
        for (Interchange interchange : by.parser().parse(payload).interchanges()) {
            if (!interchange.refused()) {
                interchange.groups().stream()
                        .flatMap(group -> group.transactionSets().stream())
                        .filter(set -> !(set.verdict() instanceof Verdict.Refused))
                        .forEach(set -> add(found, set, by.mapping(), defaultCurrency));
            }
        }
        return found;
    }

    /** A guide that came in a bundle is somebody else's file: whatever is wrong with it is said, not thrown. */
    private static Loaded load(Path folder) {
        Guides guides = Guides.load(folder);
        if (!guides.faults().isEmpty()) {
            throw new IllegalArgumentException(
                    "the guides have faults: %s".formatted(String.join("; ", guides.faults())));
        }
        try {
            // A bundle has each version of a guide in a folder of its own, an overlay with the base it lay on.
            InterchangeParser parser = InterchangeParser.with(guides)
                    .agreed(ReadingManner.by(
                            guides.overlays().stream().map(Guide::id).collect(Collectors.toSet())));
            return new Loaded(parser, Mapping.of(folder).warmed());
        } catch (RuntimeException unusable) {
            throw new IllegalArgumentException(
                    "the guides cannot be used: %s".formatted(unusable.getMessage()), unusable);
        }
    }

    private static void add(
            List<Found> found, TransactionSet set, Mapping mapping, @Nullable Currency defaultCurrency) {
        GuideId guide = set.guide();
        if (guide == null || mapping.documentType(guide).isEmpty()) {
            return;
        }
        Mapped mapped = mapping.map(set, new MappingContext(defaultCurrency));
        found.add(new Found(
                set.bytes(),
                guide.value(),
                mapping.guideDigest(guide),
                mapping.mappingDigest(guide),
                mapped.content()));
    }
}
