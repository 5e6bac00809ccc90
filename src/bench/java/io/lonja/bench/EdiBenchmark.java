package io.lonja.bench;

import io.lonja.archive.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;

/**
 * How many orders one thread reads and judges in a second of a processor, beside StAEDI with the same {@code structure.xml}, and how
 * many it also maps, beside reading alone. The batch is one interchange of 300 orders with ten described lines each,
 * about 1 kB an order; three of them have a fault, and every side must find the same ones. Each side runs in a JVM of its
 * own with one processor and half a gigabyte, and lives through all rounds.
 */
public final class EdiBenchmark implements Benchmark {

    static final String GUIDE = "x12-004010-850";

    private static final int ORDERS = 300;
    private static final int LINES = 10;
    /** Until most of what runs is compiled, which for a mapping is much code. */
    private static final Map<EdiSide.Work, Duration> WARM_UPS = Map.of(
            EdiSide.Work.PARSE, Duration.ofSeconds(3),
            EdiSide.Work.STAEDI, Duration.ofSeconds(5),
            EdiSide.Work.MAP, Duration.ofSeconds(20));
    private static final String PARSE = "parse and validate 850s";
    private static final String MAP = "parse, validate and map 850s";
    private static final String STAEDI = "StAEDI, the same 850s";

    /** The interchange, and what every side must find in it. */
    private record Batch(byte[] bytes, String verdicts, long flawless, long minorUnits) {}

    @Override
    public Map<String, String> versions() throws IOException {
        Properties staedi = new Properties();
        try (InputStream in = EdiBenchmark.class.getResourceAsStream("/META-INF/maven/io.xlate/staedi/pom.properties")) {
            if (in != null) {
                staedi.load(in);
            }
        }
        return Map.of("staedi", staedi.getProperty("version", "unknown"));
    }

    @Override
    public List<Figure> measure(Plan plan) throws Exception {
        Batch batch = batch(new Random(850));
        Path file = Files.write(plan.folder().resolve("orders.edi"), batch.bytes());
        Map<EdiSide.Work, List<Double>> samples = new EnumMap<>(EdiSide.Work.class);
        List<EdiSide.Work> order = new ArrayList<>(List.of(EdiSide.Work.values()));
        Map<EdiSide.Work, Child> children = new EnumMap<>(EdiSide.Work.class);
        try {
            for (EdiSide.Work work : order) {
                children.put(work, new Child(work, file));
                samples.put(work, new ArrayList<>());
            }
            for (int round = -1; round < plan.rounds(); round++) { // the first one warms up and is not kept
                for (EdiSide.Work work : order) {
                    EdiSide.Turn turn = children.get(work).turn(round < 0 ? WARM_UPS.get(work) : plan.turn());
                    verify(work, turn, batch);
                    if (round >= 0) {
                        long done = work == EdiSide.Work.MAP ? turn.documents() : turn.sets();
                        samples.get(work).add(done * turn.passes() * 1e9 / turn.cpuNanos());
                    }
                }
                Collections.rotate(order, 1);
            }
        } finally {
            children.values().forEach(Child::close);
        }
        double megabytesPerOrder = batch.bytes().length / 1e6 / ORDERS;
        List<Double> staedi = samples.get(EdiSide.Work.STAEDI);
        List<Double> parse = samples.get(EdiSide.Work.PARSE);
        return List.of(
                new Figure(STAEDI, "orders/s", staedi, null, List.of()),
                new Figure(PARSE, "orders/s", parse, STAEDI, staedi),
                new Figure(
                        "parse and validate, bytes",
                        "MB/s",
                        parse.stream().map(each -> each * megabytesPerOrder).toList(),
                        null,
                        List.of()),
                new Figure(MAP, "orders/s", samples.get(EdiSide.Work.MAP), PARSE, parse));
    }

    private static void verify(EdiSide.Work work, EdiSide.Turn turn, Batch batch) {
        boolean maps = work == EdiSide.Work.MAP;
        if (turn.sets() != ORDERS
                || !turn.verdicts().equals(batch.verdicts())
                || turn.documents() != (maps ? batch.flawless() : 0)
                || turn.minorUnits() != (maps ? batch.minorUnits() : 0)) {
            throw new IllegalStateException(
                    "%s found %s in a batch of %d orders, %d of them without fault, verdicts %s, %d minor units"
                            .formatted(work, turn, ORDERS, batch.flawless(), batch.verdicts(), batch.minorUnits()));
        }
    }

    private static Batch batch(Random random) {
        StringBuilder text = new StringBuilder(
                """
                ISA*00*          *00*          *ZZ*HOTELMIRAMAR   *ZZ*LONJAHUB       *260114*0815*U*00401*000000850*0*P*>~
                GS*PO*HOTELMIRAMAR*LONJAHUB*20260114*0815*850*X*004010~
                """);
        StringBuilder verdicts = new StringBuilder();
        long flawless = 0;
        long minorUnits = 0;
        for (int i = 1; i <= ORDERS; i++) {
            // Three kinds of fault: no order number, a date that does not exist, an item code without its qualifier.
            int fault = i % 100 == 50 ? 1 + i / 100 : 0;
            String controlNumber = "%04d".formatted(i);
            text.append("ST*850*%s~\n".formatted(controlNumber));
            text.append("BEG*00*SA*%s**%s~\n"
                    .formatted(fault == 1 ? "" : "PO-26-%05d".formatted(i), fault == 2 ? "20260231" : "20260114"));
            text.append("CUR*BY*EUR~\nREF*DP*%03d~\nDTM*002*20260121~\n".formatted(random.nextInt(1000)));
            text.append("N1*BY*Hotel Miramar*1*123456789~\nN1*SU*Valle Foods*1*987654321~\n");
            long total = 0;
            for (int line = 1; line <= LINES; line++) {
                int quantity = 1 + random.nextInt(200);
                int cents = 1 + random.nextInt(20_000);
                total += (long) quantity * cents;
                text.append("PO1*%d*%d*CA*%s**%s*A-%05d*UP*%012d~\n"
                        .formatted(
                                line,
                                quantity,
                                BigDecimal.valueOf(cents, 2),
                                fault == 3 && line == 4 ? "" : "VN",
                                random.nextInt(100_000),
                                36_000_000_000L + random.nextInt(1_000_000_000)));
                text.append("PID*F****Extra virgin olive oil 12 x 500 ml~\n");
            }
            text.append("CTT*%d~\nAMT*TT*%s~\n".formatted(LINES, BigDecimal.valueOf(total, 2)));
            text.append("SE*%d*%s~\n".formatted(10 + 2 * LINES, controlNumber));
            verdicts.append(controlNumber).append(fault == 0 ? '+' : '-');
            flawless += fault == 0 ? 1 : 0;
            minorUnits += fault == 0 ? total : 0;
        }
        text.append("GE*%d*850~\nIEA*1*000000850~\n".formatted(ORDERS));
        return new Batch(
                text.toString().replace("~\n", "~").getBytes(StandardCharsets.US_ASCII),
                Sha256.of(verdicts.toString().getBytes(StandardCharsets.UTF_8)).toString(),
                flawless,
                minorUnits);
    }

    /** A side in its JVM. */
    private static final class Child {

        private final EdiSide.Work work;
        private final Process process;
        private final PrintWriter commands;
        private final BufferedReader answers;

        Child(EdiSide.Work work, Path batch) throws IOException {
            this.work = work;
            this.process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Xmx512m",
                            "-XX:ActiveProcessorCount=1",
                            "-classpath",
                            System.getProperty("java.class.path"),
                            EdiSide.class.getName(),
                            work.name(),
                            batch.toString(),
                            "schemas")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            this.commands = new PrintWriter(process.outputWriter(StandardCharsets.US_ASCII), true);
            this.answers =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        }

        EdiSide.Turn turn(Duration time) throws IOException {
            commands.println(time.toMillis());
            String answer = answers.readLine();
            while (answer != null && !answer.matches("[0-9]+ [0-9]+ [0-9]+ [0-9a-f]{64} [0-9]+ [0-9]+")) {
                System.out.println(answer);
                answer = answers.readLine();
            }
            if (answer == null) {
                throw new IllegalStateException("The side %s has ended; what it said stands above".formatted(work));
            }
            return EdiSide.Turn.of(answer);
        }

        void close() {
            process.destroy();
        }
    }
}
