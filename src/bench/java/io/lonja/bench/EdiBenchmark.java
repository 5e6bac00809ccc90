package io.lonja.bench;

import io.lonja.edi.Guides;
import io.lonja.force.PeerLibraries;
import io.lonja.mapping.GuideSide;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many orders one thread reads and judges in a second of a processor, beside StAEDI with the same {@code structure.xml} as its
 * transaction schema; how many it also maps, beside Smooks with its own EDIFACT cartridge, which judges nothing;
 * whether an order costs the same in a small interchange and in a large one; what reading a guide costs a fresh JVM; and what a
 * document of each guide costs in each direction. Each side
 * runs in a JVM of its own with one processor, lives through all rounds, and must find in every pass what is known of
 * the batch.
 */
public final class EdiBenchmark implements Benchmark {

    private static final String X12_GUIDE = "x12-004010-850";
    private static final String EDIFACT_GUIDE = "edifact-d96a-orders";
    private static final String PEER = "smooks-edifact";

    private static final int ORDERS = 300;
    /** The cartridge takes some tenths of a second for these. */
    private static final int ORDERS_OF_THE_CARTRIDGE = 20;
    /** Orders in one interchange; the last is compared with the one that has a hundred. */
    private static final List<Integer> SIZES = List.of(1, 100, 5_000, 100_000);

    private static final int ORDERS_OF_A_GIGABYTE = 960_000;
    private static final int SIZE_COMPARED_WITH = 100;
    private static final int ORDERS_IF_SHORT_MAX = 5_000;
    private static final String HEAP = "512m";
    /** There are many sides. */
    private static final Duration SHORT_TURN = Duration.ofMillis(400);

    private static final String DOCUMENTS = "documents/s";
    private static final Pattern OF_A_GUIDE = Pattern.compile("(?<name>[a-z0-9.-]+ (read|written)) (?<value>[0-9.]+)");

    private static final Path SCHEMAS = Path.of("schemas");

    /** What has to be done in a small heap, once. */
    private record Large(String name, EdiSide.Work work, int orders, String heap) {}

    private static final List<Large> LARGE = List.of(
            new Large("1 GB parsed with -Xmx128m", EdiSide.Work.PARSE, ORDERS_OF_A_GIGABYTE, "128m"),
            new Large("1 GB mapped with -Xmx256m", EdiSide.Work.MAP, ORDERS_OF_A_GIGABYTE, "256m"));

    /** What one JVM does in every round. */
    private record Side(String name, EdiChild child, EdiBatch batch, boolean maps, Duration warmUp) {}

    @Override
    public Map<String, String> versions() throws IOException {
        Properties staedi = new Properties();
        try (InputStream in = EdiBenchmark.class.getResourceAsStream("/META-INF/maven/io.xlate/staedi/pom.properties")) {
            if (in != null) {
                staedi.load(in);
            }
        }
        return Map.of("staedi", staedi.getProperty("version", "unknown"), "smooks-edifact-cartridge", "2.0.0");
    }

    @Override
    public List<Figure> measure(Plan plan) throws Exception {
        List<Side> sides = new ArrayList<>();
        try {
            start(plan, sides);
            Map<String, List<Double>> samples = rounds(plan, sides);
            List<Double> guide = new ArrayList<>();
            for (int round = 0; round < plan.rounds(); round++) {
                guide.add(guideSeconds(plan.folder()));
            }
            List<Figure> figures = figures(samples, guide, sides, sizes(plan));
            figures.addAll(everyGuide(plan));
            if (!plan.isShort()) {
                for (Large large : LARGE) {
                    figures.add(new Figure(large.name(), "MB/s", List.of(speed(large, plan.folder())), null, List.of()));
                }
            }
            return figures;
        } finally {
            sides.forEach(side -> side.child().close());
        }
    }

    private static void start(Plan plan, List<Side> sides) throws IOException {
        EdiBatch x12 = EdiBatch.x12(plan.folder().resolve("850.edi"), ORDERS);
        EdiBatch edifact = EdiBatch.edifact(plan.folder().resolve("orders.edi"), ORDERS, true);
        EdiBatch flawless =
                EdiBatch.edifact(plan.folder().resolve("flawless.edi"), ORDERS_OF_THE_CARTRIDGE, false);
        add(plan, sides, "parse and validate 850s", EdiSide.Work.PARSE, x12, X12_GUIDE, 3);
        add(plan, sides, "StAEDI, the same 850s", EdiSide.Work.STAEDI, x12, X12_GUIDE, 5);
        add(plan, sides, "parse, validate and map 850s", EdiSide.Work.MAP, x12, X12_GUIDE, 60);
        add(plan, sides, "parse and validate ORDERS", EdiSide.Work.PARSE, edifact, EDIFACT_GUIDE, 3);
        add(plan, sides, "StAEDI, the same ORDERS", EdiSide.Work.STAEDI, edifact, EDIFACT_GUIDE, 5);
        add(plan, sides, "parse, validate and map ORDERS", EdiSide.Work.MAP, flawless, EDIFACT_GUIDE, 60);
        if (plan.isShort()) {
            System.out.printf(
                    "Left out: Smooks' cartridge, which compiles its schema for a minute, and interchanges of more than %d orders.%n",
                    ORDERS_IF_SHORT_MAX);
        } else {
            String classPath = PeerLibraries.classPath(PEER, plan.folder().toAbsolutePath());
            Path peer = Path.of("src", "bench", "peers", PEER);
            EdiChild cartridge = EdiChild.cartridge(
                    classPath,
                    peer.resolve("SmooksEdifactPeer.java"),
                    peer.resolve("orders.smooks.xml"),
                    flawless.file(),
                    plan.folder());
            sides.add(new Side("cartridge, the same ORDERS", cartridge, flawless, true, Duration.ofSeconds(60)));
        }
        for (int size : sizes(plan)) {
            EdiBatch batch = EdiBatch.x12(plan.folder().resolve("850-%d.edi".formatted(size)), size);
            sides.add(new Side(
                    ofSize(size),
                    EdiChild.ours(EdiSide.Work.PARSE, batch.file(), SCHEMAS, X12_GUIDE, HEAP),
                    batch,
                    false,
                    warmUp(plan, 3)));
        }
    }

    private static void add(
            Plan plan,
            List<Side> sides,
            String name,
            EdiSide.Work work,
            EdiBatch batch,
            String guide,
            int warmUpSeconds)
            throws IOException {
        sides.add(new Side(
                name,
                EdiChild.ours(work, batch.file(), SCHEMAS, guide, HEAP),
                batch,
                work == EdiSide.Work.MAP,
                warmUp(plan, warmUpSeconds)));
    }

    /** Until most of what runs is compiled, which for a mapping is much code. */
    private static Duration warmUp(Plan plan, int seconds) {
        return plan.isShort() ? Duration.ofMillis(1_000 + 100L * seconds) : Duration.ofSeconds(seconds);
    }

    private static List<Integer> sizes(Plan plan) {
        return SIZES.stream()
                .filter(size -> !plan.isShort() || size <= ORDERS_IF_SHORT_MAX)
                .toList();
    }

    private static String ofSize(int orders) {
        return "850s in an interchange of %d".formatted(orders);
    }

    /** Orders in a second of a processor, by the name of the side, round by round. */
    private static Map<String, List<Double>> rounds(Plan plan, List<Side> sides) throws IOException {
        Map<String, List<Double>> samples = new HashMap<>();
        List<Side> order = new ArrayList<>(sides);
        Duration turn = plan.isShort() ? SHORT_TURN : plan.turn();
        for (int round = -1; round < plan.rounds(); round++) { // the first one warms up and is not kept
            for (Side side : order) {
                EdiSide.Turn done = side.child().turn(round < 0 ? side.warmUp() : turn);
                verify(side, done);
                if (round >= 0) {
                    long orders = side.maps() ? done.documents() : done.sets();
                    samples.computeIfAbsent(side.name(), first -> new ArrayList<>())
                            .add(orders * done.passes() * 1e9 / done.cpuNanos());
                }
            }
            Collections.rotate(order, 1);
        }
        return samples;
    }

    private static void verify(Side side, EdiSide.Turn turn) {
        EdiBatch batch = side.batch();
        if (turn.sets() != batch.orders()
                || !turn.verdicts().equals(batch.verdicts())
                || turn.documents() != (side.maps() ? batch.flawless() : 0)
                || turn.minorUnits() != (side.maps() ? batch.minorUnits() : 0)) {
            throw new IllegalStateException(
                    "%s: found %s in a batch of %d orders, %d of them without fault, verdicts %s, %d minor units"
                            .formatted(
                                    side.name(),
                                    turn,
                                    batch.orders(),
                                    batch.flawless(),
                                    batch.verdicts(),
                                    batch.minorUnits()));
        }
    }

    /** Of the processor, in a JVM that has read none before: class loading and what is compiled meanwhile included. */
    private static double guideSeconds(Path folder) throws IOException {
        Path alone = Files.createDirectories(folder.resolve("guides").resolve(EDIFACT_GUIDE));
        Path copy = alone.resolve(Guides.STRUCTURE);
        if (!Files.exists(copy)) {
            Files.copy(SCHEMAS.resolve(EDIFACT_GUIDE).resolve(Guides.STRUCTURE), copy);
        }
        try (EdiChild child = EdiChild.ours(EdiSide.Work.GUIDE, copy, folder.resolve("guides"), EDIFACT_GUIDE, HEAP)) {
            EdiSide.Turn turn = child.turn(Duration.ofMillis(1)); // the first pass takes longer, so it is the only one
            if (turn.sets() != 1) {
                throw new IllegalStateException("One guide was there, found " + turn);
            }
            return turn.cpuNanos() / 1e9 / turn.passes();
        }
    }

    /** Megabytes in a second of the processor; 0 where the JVM ended before it was done. */
    private static double speed(Large large, Path folder) throws IOException {
        EdiBatch batch = EdiBatch.x12(folder.resolve("large.edi"), large.orders());
        boolean maps = large.work() == EdiSide.Work.MAP;
        try (EdiChild child = EdiChild.ours(large.work(), batch.file(), SCHEMAS, X12_GUIDE, large.heap())) {
            EdiSide.Turn once = child.turn(Duration.ofMillis(1));
            verify(new Side(large.name(), child, batch, maps, Duration.ZERO), once);
            return batch.bytes() / 1e6 * once.passes() * 1e9 / once.cpuNanos();
        } catch (EdiChild.EndedException e) {
            System.out.println(e.getMessage());
            return 0;
        }
    }

    /** Documents of each guide in each direction, beside the 850 in the same direction. */
    private static List<Figure> everyGuide(Plan plan) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx" + HEAP,
                        "-XX:ActiveProcessorCount=1",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        GuideSide.class.getName(),
                        SCHEMAS.toString(),
                        Integer.toString(plan.rounds()),
                        plan.isShort() ? "50" : "500",
                        plan.isShort() ? "200" : "3000")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, List<Double>> samples = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher figure = OF_A_GUIDE.matcher(line);
                if (figure.matches()) {
                    samples.computeIfAbsent(figure.group("name"), first -> new ArrayList<>())
                            .add(Double.parseDouble(figure.group("value")));
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The guides could not all be measured; why stands above");
        }
        List<Figure> figures = new ArrayList<>();
        samples.forEach((name, values) -> {
            String against = X12_GUIDE + name.substring(name.indexOf(' '));
            figures.add(
                    name.equals(against)
                            ? new Figure(name, DOCUMENTS, values, null, List.of())
                            : new Figure(name, DOCUMENTS, values, against, samples.get(against)));
        });
        return figures;
    }

    private static List<Figure> figures(
            Map<String, List<Double>> samples, List<Double> guideSeconds, List<Side> sides, List<Integer> sizes) {
        List<Figure> figures = new ArrayList<>();
        List<Double> x12 = samples.get("parse and validate 850s");
        List<Double> edifact = samples.get("parse and validate ORDERS");
        add(figures, samples, "StAEDI, the same 850s", null);
        add(figures, samples, "parse and validate 850s", "StAEDI, the same 850s");
        figures.add(bytes("parse and validate 850s, bytes", x12, sides.get(0).batch()));
        add(figures, samples, "StAEDI, the same ORDERS", null);
        add(figures, samples, "parse and validate ORDERS", "StAEDI, the same ORDERS");
        figures.add(bytes("parse and validate ORDERS, bytes", edifact, sides.get(3).batch()));
        add(figures, samples, "parse, validate and map 850s", "parse and validate 850s");
        if (samples.containsKey("cartridge, the same ORDERS")) {
            add(figures, samples, "cartridge, the same ORDERS", null);
            add(figures, samples, "parse, validate and map ORDERS", "cartridge, the same ORDERS");
        }
        figures.add(new Figure(
                "parse, validate and map ORDERS, a second",
                "orders/s",
                samples.get("parse, validate and map ORDERS"),
                null,
                List.of()));
        List<Double> compared = micros(samples.get(ofSize(SIZE_COMPARED_WITH)));
        for (int size : sizes) {
            boolean itself = size == SIZE_COMPARED_WITH;
            figures.add(new Figure(
                    ofSize(size),
                    "us/order",
                    micros(samples.get(ofSize(size))),
                    itself ? null : ofSize(SIZE_COMPARED_WITH),
                    itself ? List.of() : compared));
        }
        figures.add(new Figure("a guide read by a fresh JVM", "s", guideSeconds, null, List.of()));
        return figures;
    }

    private static void add(
            List<Figure> figures,
            Map<String, List<Double>> samples,
            String name,
            @Nullable String against) {
        figures.add(new Figure(
                name, "orders/s", samples.get(name), against, against == null ? List.of() : samples.get(against)));
    }

    private static Figure bytes(String name, List<Double> ordersPerSecond, EdiBatch batch) {
        double megabytesPerOrder = batch.bytes() / 1e6 / batch.orders();
        return new Figure(
                name,
                "MB/s",
                ordersPerSecond.stream().map(each -> each * megabytesPerOrder).toList(),
                null,
                List.of());
    }

    private static List<Double> micros(List<Double> ordersPerSecond) {
        return ordersPerSecond.stream().map(each -> 1e6 / each).toList();
    }
}
