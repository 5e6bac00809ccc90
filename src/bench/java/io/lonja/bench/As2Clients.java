package io.lonja.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Clients of one server that send what was prepared, each the next when its last was answered. */
final class As2Clients {

    private final As2Server server;
    private final int count;

    As2Clients(As2Server server, int count) {
        this.server = server;
        this.count = count;
    }

    /**
     * @param answers in the order of the orders
     * @param latencies in nanoseconds, sorted
     */
    record Sent(List<As2Line.Answer> answers, long[] latencies, long wallNanos) {

        double perSecond() {
            return answers.size() * 1e9 / wallNanos;
        }

        /** @param share 0.5 for the median */
        double millis(double share) {
            return latencies[Math.min(latencies.length - 1, (int) (latencies.length * share))] / 1e6;
        }
    }

    /** As fast as they are answered. */
    Sent send(List<As2Order> orders) throws Exception {
        return send(orders, 0);
    }

    /**
     * At a rate: the time of an order starts when it was to leave, whether or not a client was free, so that a server
     * that stops for a while is seen to.
     *
     * @param nanosApart between two orders; 0 for as fast as they are answered
     */
    Sent send(List<As2Order> orders, long nanosApart) throws Exception {
        As2Line.Answer[] answers = new As2Line.Answer[orders.size()];
        long[] latencies = new long[orders.size()];
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(count);
        long start = System.nanoTime();
        try {
            List<Callable<Void>> clients = new ArrayList<>();
            for (int client = 0; client < count; client++) {
                clients.add(() -> {
                    try (As2Line line = new As2Line(server.address(), server.keepsConnections())) {
                        for (int i = next.getAndIncrement(); i < answers.length; i = next.getAndIncrement()) {
                            long due = nanosApart == 0 ? System.nanoTime() : start + i * nanosApart;
                            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                                LockSupport.parkNanos(wait);
                            }
                            answers[i] = line.post(orders.get(i).head(), orders.get(i).body());
                            latencies[i] = System.nanoTime() - due;
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> client : threads.invokeAll(clients)) {
                client.get();
            }
        } finally {
            threads.shutdownNow();
        }
        long wallNanos = System.nanoTime() - start;
        Arrays.sort(latencies);
        return new Sent(List.of(answers), latencies, wallNanos);
    }
}
