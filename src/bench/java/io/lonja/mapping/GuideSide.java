package io.lonja.mapping;

import com.sun.management.OperatingSystemMXBean;
import io.lonja.archive.CanonicalJson;
import io.lonja.document.BusinessDocument;
import io.lonja.edi.FunctionalGroup;
import io.lonja.edi.GuideId;
import io.lonja.edi.Guides;
import io.lonja.edi.Interchange;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.InterchangeWriter;
import io.lonja.edi.OutboundInterchange;
import io.lonja.edi.OutboundSegment;
import io.lonja.edi.Standard;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import io.lonja.edi.WireParty;
import io.lonja.partner.WireForm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a document of each guide costs in each direction, in one JVM for all of them, as in a hub: <em>read</em> is an accepted
 * sample, the largest of the guide, read, judged, mapped and told as a fact; <em>written</em> is the document of that sample put
 * into segments and an interchange, which is read and judged again before it may leave. Prints a line for each guide, direction and
 * round: {@code x12-004010-850 read 1234.5}, documents in a second of the processor.
 */
public final class GuideSide {

    private static final WireParty FROM = new WireParty("14", "8412345100010");
    private static final WireParty TO = new WireParty("14", "8412345200017");
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final MappingContext CONTEXT = new MappingContext(Currency.getInstance("EUR"));

    private final InterchangeParser parser;
    private final Mapping mapping;

    private GuideSide(Path schemas) {
        parser = InterchangeParser.with(Guides.load(schemas));
        mapping = Mapping.of(schemas);
    }

    /** One direction of a guide; each pass makes this many documents. */
    private record Trip(String name, int documents, Runnable pass) {}

    /** @param arguments the folder of the guides, rounds, and milliseconds of the processor for each turn and for the warm-up */
    public static void main(String[] arguments) throws IOException {
        Path schemas = Path.of(arguments[0]);
        List<Trip> trips = new GuideSide(schemas).trips(schemas);
        for (Trip trip : trips) {
            turn(trip, Long.parseLong(arguments[3]));
        }
        for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
            for (Trip trip : trips) {
                System.out.printf(
                        Locale.ROOT, "%s %.1f%n", trip.name(), turn(trip, Long.parseLong(arguments[2])));
            }
        }
    }

    private static double turn(Trip trip, long milliseconds) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long start = system.getProcessCpuTime();
        long documents = 0;
        while (system.getProcessCpuTime() - start < milliseconds * 1_000_000) {
            trip.pass().run();
            documents += trip.documents();
        }
        return documents * 1e9 / (system.getProcessCpuTime() - start);
    }

    private List<Trip> trips(Path schemas) throws IOException {
        List<Trip> trips = new ArrayList<>();
        try (Stream<Path> folders = Files.list(schemas)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                GuideId guide = new GuideId(folder.getFileName().toString());
                if (mapping.documentType(guide).isEmpty()) {
                    continue;
                }
                byte[] sample = sample(folder.resolve("samples"));
                List<BusinessDocument> documents = read(sample);
                trips.add(new Trip(guide + " read", documents.size(), () -> {
                    if (read(sample).size() != documents.size()) {
                        throw new IllegalStateException("%s is not read the same again".formatted(guide));
                    }
                }));
                if (mapping.template(guide).isPresent()) {
                    trips.add(new Trip(
                            guide + " written", documents.size(), () -> documents.forEach(each -> write(guide, each))));
                }
            }
        }
        return trips;
    }

    /** The largest of those whose documents are known. */
    private static byte[] sample(Path samples) throws IOException {
        try (Stream<Path> files = Files.list(samples)) {
            Path largest = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".expected.json"))
                    .map(name -> name.substring(0, name.length() - ".expected.json".length()))
                    .flatMap(name -> Stream.of(samples.resolve(name + ".edi"), samples.resolve(name + ".xml")))
                    .filter(Files::exists)
                    .max(Comparator.comparingLong((Path file) -> file.toFile().length())
                            .thenComparing(Comparator.naturalOrder()))
                    .orElseThrow();
            return Files.readAllBytes(largest);
        }
    }

    private List<BusinessDocument> read(byte[] payload) {
        List<BusinessDocument> documents = new ArrayList<>();
        for (Interchange interchange : parser.parse(payload).interchanges()) {
            for (FunctionalGroup group : interchange.groups()) {
                for (TransactionSet set : group.transactionSets()) {
                    if (set.verdict() instanceof Verdict.Accepted) {
                        BusinessDocument document =
                                Objects.requireNonNull(mapping.map(set, CONTEXT).content());
                        if (CanonicalJson.of(document).length > 0) {
                            documents.add(document);
                        }
                    }
                }
            }
        }
        return documents;
    }

    private void write(GuideId guide, BusinessDocument document) {
        byte[] written = bytes(guide, document);
        boolean accepted = parser.parse(written).interchanges().stream()
                .flatMap(interchange -> interchange.groups().stream())
                .flatMap(group -> group.transactionSets().stream())
                .anyMatch(set -> set.verdict() instanceof Verdict.Accepted);
        if (!accepted) {
            throw new IllegalStateException("%s cannot be read as %s again".formatted(document.title(), guide));
        }
    }

    private byte[] bytes(GuideId guide, BusinessDocument document) {
        OutboundTemplate template = mapping.template(guide).orElseThrow();
        if (Standard.of(guide) == Standard.UBL) {
            return template.document(document, null, Map.of());
        }
        List<OutboundSegment> segments = template.segments(document, null, Map.of());
        Wording wording = Wording.of(guide, template.association());
        List<OutboundInterchange.TransactionSet> sets =
                List.of(new OutboundInterchange.TransactionSet(wording.set(), "0001", segments));
        return InterchangeWriter.write(new OutboundInterchange(
                wording.syntax(segments, WireForm.USUAL),
                FROM,
                TO,
                "7",
                AT,
                false,
                false,
                List.of(
                        wording.standard() == Standard.X12
                                ? new OutboundInterchange.Group(
                                        OutboundInterchange.Group.identifierOf(wording.set()),
                                        "",
                                        "",
                                        "7",
                                        wording.version(),
                                        sets)
                                : OutboundInterchange.Group.without(wording.version(), sets))));
    }
}
