package io.lonja.bench;

import io.lonja.archive.Sha256;
import io.lonja.transport.as2.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How many signed and encrypted orders of 10 KB a server takes and answers with a signed MDN in a second of its processor,
 * beside OpenAS2 and as2-lib, and beside what the operations with the private key alone allow.
 *
 * <p>The peers file what they receive. The hub forces it to the disk before it answers, and afterwards reads, judges,
 * acknowledges, maps and books it. {@code hub} is all of that, until the last order is booked. {@code hub's door} is the
 * same process over the same orders without the threads that work behind the queue; garbage collection and broker count
 * to the door even where they serve the others. Compilation counts for nobody.
 */
public final class As2Benchmark implements Benchmark {

    private static final List<Integer> CLIENTS = List.of(4, 32);
    private static final String LIMIT = "two RSA-2048 private operations";
    private static final String FORCED = "p99 of two RSA operations and a forced write";
    /** Threads that read, map and deliver; they run Camel's consumers of the queues. */
    private static final Pattern BEHIND_THE_QUEUE = Pattern.compile("Camel \\(.*JmsConsumer.*");
    /** A server compiles in its first minutes and runs for weeks. */
    private static final Pattern COMPILING = Pattern.compile("C[12] CompilerThread.*");

    /** There is a build of it for this machine. */
    private static final boolean NATIVE = System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");

    private static final int ORDERS_MIN = 64;

    private static final double LOAD = 0.8;
    /** Orders that each side takes before it is measured, until most of what runs is compiled. */
    private static final int WARM_UP = 9_000;

    private static final int WARM_UP_SHORT = 600;
    private static final int WARM_UP_STEPS = 3;

    private final Keys serverKeys = Keys.rsa("bench-server");
    private final Keys clientKeys = Keys.rsa("bench-client");
    private final Map<String, List<Double>> samples = new LinkedHashMap<>();
    private final Map<As2Server, Set<Sha256>> sent = new LinkedHashMap<>();
    private final Map<String, Double> perSecond = new LinkedHashMap<>();
    private int lastNumber;

    @Override
    public Map<String, String> versions() {
        return Map.of("OpenAS2", "2.10.1", "as2-lib", "5.1.7", "Corretto Crypto Provider", "2.4.1");
    }

    @Override
    public List<Figure> measure(Plan plan) throws Exception {
        RsaLimit limit = new RsaLimit(serverKeys);
        List<As2Server> servers = new ArrayList<>();
        try {
            servers.add(As2Server.openAs2(plan.folder().resolve("openas2"), serverKeys, clientKeys));
            servers.add(As2Server.as2Lib(plan.folder().resolve("as2-lib"), serverKeys, clientKeys));
            servers.add(As2Server.hub(plan.folder().resolve("hub"), serverKeys, clientKeys));
            if (NATIVE) {
                servers.add(As2Server.hubWithCorretto(plan.folder().resolve("corretto"), serverKeys, clientKeys));
            }
            servers.forEach(server -> sent.put(server, new HashSet<>()));
            int warmUp = plan.turn().compareTo(Duration.ofSeconds(2)) < 0 ? WARM_UP_SHORT : WARM_UP;
            for (int step = 0; step < WARM_UP_STEPS; step++) {
                for (As2Server server : servers) {
                    for (int clients : CLIENTS) {
                        turn(server, clients, prepared(server, warmUp / WARM_UP_STEPS / CLIENTS.size()));
                    }
                }
            }
            limit.perCpuSecond(Duration.ofSeconds(2));
            samples.clear();
            List<As2Server> order = new ArrayList<>(servers);
            for (int round = 0; round < plan.rounds(); round++) {
                sample(LIMIT, limit.perCpuSecond(plan.turn().dividedBy(2)));
                for (As2Server server : order) {
                    for (int clients : CLIENTS) {
                        // As many as it took in so long the last time.
                        double count = perSecond.get(key(server, clients)) * seconds(plan.turn());
                        turn(server, clients, prepared(server, (int) count));
                    }
                    if (server.name().equals("hub")) {
                        sample(FORCED, limit.p99Millis(plan.folder(), plan.turn().dividedBy(2)));
                        underLoad(server, plan.turn());
                    }
                }
                Collections.rotate(order, 1);
            }
            for (As2Server server : servers) {
                verify(server);
            }
        } finally {
            for (As2Server server : servers) {
                server.close();
            }
        }
        return figures();
    }

    private static String key(As2Server server, int clients) {
        return "%s, %d clients".formatted(server.name(), clients);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private void turn(As2Server server, int clients, List<As2Order> orders) throws Exception {
        String key = key(server, clients);
        ProcessorTime.awaitIdle(server.process());
        ProcessorTime before = ProcessorTime.of(server.process());
        As2Clients.Sent turn = new As2Clients(server, clients).send(orders);
        if (server instanceof As2Server.Hub) {
            ProcessorTime.awaitIdle(server.process());
        }
        ProcessorTime after = ProcessorTime.of(server.process());
        verify(server, orders, turn);
        perSecond.put(key, turn.perSecond());
        double cpuSeconds = after.secondsSince(before) - after.secondsSince(before, COMPILING);
        sample("%s, of a processor".formatted(key), orders.size() / cpuSeconds);
        sample("%s, answered".formatted(key), turn.perSecond());
        sample("%s, p50".formatted(key), turn.millis(0.5));
        sample("%s, p99".formatted(key), turn.millis(0.99));
        if (server instanceof As2Server.Hub) {
            sample(
                    "%s's door, %d clients, of a processor".formatted(server.name(), clients),
                    orders.size() / (cpuSeconds - after.secondsSince(before, BEHIND_THE_QUEUE)));
        }
    }

    private void underLoad(As2Server server, Duration time) throws Exception {
        double rate = LOAD * perSecond.get(key(server, CLIENTS.get(0)));
        List<As2Order> orders = prepared(server, (int) (rate * seconds(time)));
        ProcessorTime.awaitIdle(server.process());
        As2Clients.Sent turn = new As2Clients(server, CLIENTS.get(1)).send(orders, (long) (1e9 / rate));
        ProcessorTime.awaitIdle(server.process());
        verify(server, orders, turn);
        sample("hub, 80 % load, p99", turn.millis(0.99));
    }

    private List<As2Order> prepared(As2Server server, int count) {
        int first = lastNumber + 1;
        lastNumber += Math.max(ORDERS_MIN, count);
        return IntStream.rangeClosed(first, lastNumber)
                .parallel()
                .mapToObj(number ->
                        As2Order.prepared(number, server.partner(), server.ownName(), clientKeys, serverKeys))
                .toList();
    }

    private void verify(As2Server server, List<As2Order> orders, As2Clients.Sent turn) {
        IntStream.range(0, orders.size())
                .parallel()
                .forEach(i -> orders.get(i).verify(turn.answers().get(i), serverKeys));
        orders.forEach(order -> sent.get(server).add(order.payload()));
    }

    /** Every order is there, once, byte for byte. */
    private void verify(As2Server server) throws Exception {
        List<Sha256> kept = server.stop();
        if (kept.size() != sent.get(server).size()
                || !new HashSet<>(kept).equals(sent.get(server))) {
            throw new IllegalStateException("%s answered %d orders and kept %d documents, %d of them those"
                    .formatted(
                            server.name(),
                            sent.get(server).size(),
                            kept.size(),
                            kept.stream().filter(sent.get(server)::contains).count()));
        }
    }

    private void sample(String figure, double value) {
        samples.computeIfAbsent(figure, name -> new ArrayList<>()).add(value);
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        List<Double> limit = samples.get(LIMIT);
        figures.add(new Figure(LIMIT, "messages/cpu s", limit, null, List.of()));
        for (int clients : CLIENTS) {
            String suffix = ", %d clients, of a processor".formatted(clients);
            List<Double> openAs2 = samples.get("OpenAS2" + suffix);
            List<Double> as2Lib = samples.get("as2-lib" + suffix);
            List<Double> better = IntStream.range(0, openAs2.size())
                    .mapToObj(round -> Math.max(openAs2.get(round), as2Lib.get(round)))
                    .toList();
            List<Double> door = samples.get("hub's door" + suffix);
            figures.add(new Figure("OpenAS2" + suffix, "messages/cpu s", openAs2, null, List.of()));
            figures.add(new Figure("as2-lib" + suffix, "messages/cpu s", as2Lib, null, List.of()));
            figures.add(new Figure(
                    "hub" + suffix, "messages/cpu s", samples.get("hub" + suffix), "the better peer", better));
            figures.add(new Figure("hub's door" + suffix, "messages/cpu s", door, "the better peer", better));
            figures.add(new Figure(
                    "hub's door, %d clients, of the limit".formatted(clients), "messages/cpu s", door, LIMIT, limit));
            if (NATIVE) {
                figures.add(new Figure(
                        "hub with Corretto's door" + suffix,
                        "messages/cpu s",
                        samples.get("hub with Corretto's door" + suffix),
                        "the better peer",
                        better));
            }
            for (String server : List.of("OpenAS2", "as2-lib", "hub")) {
                for (String what : List.of("answered", "p50", "p99")) {
                    String name = "%s, %d clients, %s".formatted(server, clients, what);
                    figures.add(new Figure(
                            name, what.equals("answered") ? "messages/s" : "ms", samples.get(name), null, List.of()));
                }
            }
        }
        List<Double> forced = samples.get(FORCED);
        figures.add(new Figure(FORCED, "ms", forced, null, List.of()));
        figures.add(new Figure("hub, 80 % load, p99", "ms", samples.get("hub, 80 % load, p99"), FORCED, forced));
        return figures;
    }
}
