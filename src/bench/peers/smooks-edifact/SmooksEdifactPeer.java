import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.smooks.Smooks;
import org.smooks.api.ExecutionContext;
import org.smooks.io.source.StreamSource;

/**
 * Smooks with its own EDIFACT cartridge, run from this file: maps the same interchange of ORDERS again and again, for as
 * many milliseconds of a processor as each line of standard input says, and answers as io.lonja.bench.EdiSide does. Compiles
 * the schema before the first answer, which takes a minute, and keeps it in {@code .smooks} of the folder it runs in.
 *
 * <p>Arguments: the interchange, the configuration.
 */
public final class SmooksEdifactPeer {

    private SmooksEdifactPeer() {}

    private record Pass(long sets, String verdicts, long minorUnits) {}

    public static void main(String[] arguments) throws Exception {
        byte[] batch = Files.readAllBytes(Path.of(arguments[0]));
        Smooks smooks = new Smooks(Path.of(arguments[1]).toUri().toString());
        Pass first = pass(smooks, batch);
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = turns.readLine(); line != null; line = turns.readLine()) {
            long nanos = Long.parseLong(line) * 1_000_000;
            long start = system.getProcessCpuTime();
            long passes = 0;
            do {
                Pass next = pass(smooks, batch);
                if (!next.equals(first)) {
                    throw new IllegalStateException("Pass %d found %s, the first one %s".formatted(passes, next, first));
                }
                passes++;
            } while (system.getProcessCpuTime() - start < nanos);
            System.out.printf(
                    "%d %d %d %s %d %d%n",
                    passes,
                    system.getProcessCpuTime() - start,
                    first.sets(),
                    first.verdicts(),
                    first.sets(),
                    first.minorUnits());
        }
    }

    private static Pass pass(Smooks smooks, byte[] batch) throws Exception {
        ExecutionContext execution = smooks.createExecutionContext();
        smooks.filterSource(execution, new StreamSource<>(new ByteArrayInputStream(batch)));
        List<?> orders = (List<?>) execution.getBeanContext().getBean("orders");
        StringBuilder verdicts = new StringBuilder();
        long minorUnits = 0;
        for (Object each : orders) {
            Map<?, ?> order = (Map<?, ?>) each;
            if (((List<?>) order.get("parties")).size() != 2 || !order.containsKey("number")) {
                throw new IllegalStateException("Something is missing: " + order);
            }
            verdicts.append(order.get("reference")).append('+');
            for (Object item : (List<?>) order.get("lines")) {
                Map<?, ?> line = (Map<?, ?>) item;
                minorUnits += new BigDecimal((String) line.get("quantity"))
                        .multiply(new BigDecimal((String) line.get("price")))
                        .movePointRight(2)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
            }
        }
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(verdicts.toString().getBytes(StandardCharsets.UTF_8));
        return new Pass(orders.size(), HexFormat.of().formatHex(digest), minorUnits);
    }
}
