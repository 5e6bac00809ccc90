package io.lonja.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Runs one benchmark by name: prints a table, writes {@code target/bench/NAME.json}, ends with 1 when a bar is missed. */
public final class Bench {

    private static final int ROUNDS = 5;
    private static final Duration TURN = Duration.ofSeconds(4);
    private static final Duration SHORT_TURN = Duration.ofSeconds(1);
    private static final MathContext DIGITS = new MathContext(4);
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        String name = arguments[0];
        boolean isShort = arguments.length > 1 && Boolean.parseBoolean(arguments[1]);
        Path results = Files.createDirectories(Path.of("target", "bench"));
        Path folder = Files.createTempDirectory(results, name + "-");
        boolean ok;
        try {
            Benchmark benchmark = named(name);
            List<Figure> figures = benchmark.measure(new Benchmark.Plan(ROUNDS, isShort ? SHORT_TURN : TURN, isShort, folder));
            ObjectNode result = result(name, benchmark.versions(), figures);
            ok = BarChecker.check(result, JSON.readTree(Path.of("src", "bench", "bars.json").toFile()));
            Path file = results.resolve(name + ".json");
            JSON.writeValue(file.toFile(), result);
            print(result, file);
        } finally {
            delete(folder);
        }
        System.exit(ok ? 0 : 1);
    }

    private static Benchmark named(String name) throws ReflectiveOperationException {
        String type = "%s.%s%sBenchmark"
                .formatted(
                        Bench.class.getPackageName(), name.substring(0, 1).toUpperCase(Locale.ROOT), name.substring(1));
        try {
            return (Benchmark) Class.forName(type).getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("There is no benchmark '%s': -Dbench=NAME runs class %s".formatted(name, type), e);
        }
    }

    private static ObjectNode result(String name, Map<String, String> versions, List<Figure> figures) {
        ObjectNode result = JSON.createObjectNode().put("bench", name);
        result.putObject("machine")
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("architecture", System.getProperty("os.arch"))
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("heapMegabytes", Runtime.getRuntime().maxMemory() >> 20);
        ObjectNode allVersions = result.putObject("versions").put("java", System.getProperty("java.vm.version"));
        versions.forEach(allVersions::put);
        ArrayNode all = result.putArray("figures");
        for (Figure figure : figures) {
            boolean compared = figure.against() != null;
            List<Double> spread = compared ? figure.ratios() : figure.samples();
            ObjectNode node = all.addObject().put("name", figure.name()).put("value", rounded(figure.value()));
            node.put("unit", figure.unit()).put("against", figure.against());
            node.put("ratio", compared ? rounded(Figure.median(spread)) : null);
            node.put("low", rounded(Collections.min(spread))).put("high", rounded(Collections.max(spread)));
            ArrayNode samples = node.putArray("samples");
            figure.samples().forEach(sample -> samples.add(rounded(sample)));
        }
        return result;
    }

    private static BigDecimal rounded(double value) {
        BigDecimal rounded = new BigDecimal(value, DIGITS);
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    private static void print(ObjectNode result, Path file) {
        System.out.printf(Locale.ROOT, "%-46s %10s %-14s %8s %16s  %s%n", "figure", "median", "unit", "ratio", "low - high", "bar");
        for (JsonNode figure : result.path("figures")) {
            System.out.printf(
                    Locale.ROOT,
                    "%-46s %10s %-14s %8s %16s  %s%n",
                    figure.path("name").asText(),
                    figure.path("value").asText(),
                    figure.path("unit").asText(),
                    figure.path("ratio").isNull() ? "" : figure.path("ratio").asText(),
                    figure.path("low").asText() + " - " + figure.path("high").asText(),
                    (figure.path("ok").asBoolean() ? "ok " : "MISSED ") + figure.path("bar"));
        }
        for (JsonNode figure : result.path("figures")) {
            if (!figure.path("against").isNull()) {
                System.out.printf(
                        "Ratio of %s: against %s%n",
                        figure.path("name").asText(), figure.path("against").asText());
            }
        }
        System.out.println(file);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
