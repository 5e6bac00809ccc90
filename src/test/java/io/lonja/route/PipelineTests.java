package io.lonja.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Effect;
import io.lonja.intake.IntakeResult;
import io.lonja.intake.Receipt;
import io.lonja.intake.Receipts;
import io.lonja.intake.Transmission;
import io.lonja.party.PartyId;
import io.lonja.tracking.Conservation;
import io.lonja.tracking.Interchanges;
import io.lonja.tracking.TrackedInterchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** From the door to the books, over the real routes and the real broker, without a web server. */
class PipelineTests {

    private static final String ORDER = "src/test/resources/acceptance/x12-850-order.edi";
    private static final PartyId MEMBER = new PartyId("hotel-miramar");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private @Nullable ConfigurableApplicationContext hub;

    @AfterEach
    void stop() {
        if (hub != null) {
            hub.close();
        }
    }

    @Test
    void takesAnOrderFromTheDoorToTheBooksAndOwesIts997() throws IOException {
        start("--lonja.sweep.every=1h");
        Receipt receipt = received(send("message-1", order()));
        TrackedInterchange tracked = settled(receipt);
        assertThat(tracked.status()).isEqualTo("applied");
        assertThat(tracked.transactionSets()).singleElement().satisfies(set -> {
            assertThat(set.verdict()).isEqualTo("accepted");
            assertThat(set.document()).isNotNull();
        });
        assertThat(tracked.acknowledgments())
                .extracting(TrackedInterchange.Answer::type)
                .containsExactly("997");
    }

    @Test
    void answersTheSameMessageSentAHundredTimesAtOnceWithOneReceipt() throws Exception {
        start("--lonja.sweep.every=1h");
        byte[] order = order();
        ExecutorService senders = Executors.newFixedThreadPool(100);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<IntakeResult>> answers = new ArrayList<>();
        for (int sender = 0; sender < 100; sender++) {
            answers.add(senders.submit(() -> {
                start.await();
                return send("message-1", order);
            }));
        }
        start.countDown();
        int fresh = 0;
        for (Future<IntakeResult> answer : answers) {
            fresh += answer.get(60, TimeUnit.SECONDS) instanceof IntakeResult.Received ? 1 : 0;
        }
        senders.shutdown();
        assertThat(fresh).isEqualTo(1);
        assertThat(bean(Archive.class).entriesAfter(0, 1_000).stream()
                        .filter(entry -> entry.type().equals(Receipt.RECEIVED)))
                .hasSize(1);
    }

    @Test
    void finishesAReceiptWhoseWakeUpWasLostWithTheBrokersJournal() throws IOException {
        start("--lonja.sweep.every=1h", "--lonja.readers=1");
        bean(CamelContext.class).suspend();
        Receipt receipt = received(bean(io.lonja.intake.Intake.class)
                .accept(new Transmission(MEMBER, "https", "message-1", null, order())));
        stop();
        delete(home.resolve("broker"));
        start("--lonja.sweep.every=1s");
        assertThat(settled(receipt).status()).isEqualTo("applied");
        assertThat(bean(Receipts.class).unfinishedAfter(0, 10)).isEmpty();
    }

    @Test
    void countsEverythingThatWasReceived() throws IOException {
        start("--lonja.sweep.every=1h");
        String order = new String(order(), StandardCharsets.ISO_8859_1);
        settled(received(send("message-1", order())));
        settled(received(send("message-2", order())));
        settled(received(send("message-3", "This is no interchange".getBytes(StandardCharsets.US_ASCII))));
        settled(received(send(
                "message-4", order.replace("HOTELMIRAMAR", "SOMEBODYELSE").getBytes(StandardCharsets.ISO_8859_1))));
        assertThat(send("message-1", "Other content".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IntakeResult.MessageIdReused.class);
        Conservation conservation = bean(Interchanges.class).conservation();
        assertThat(conservation).isEqualTo(new Conservation(4, 1, 2, 0, 1, 0));
        assertThat(conservation.difference()).isZero();
        assertThat(bean(Appliers.class).appliedThrough(Effect.Lane.TRACKING))
                .isEqualTo(bean(Archive.class).size());
    }

    @Test
    void answersEveryDirectSeamByExactlyOneRouteNamedForItsFile() throws IOException {
        start("--lonja.sweep.every=1h");
        List<String> asked = new ArrayList<>();
        List<String> files = new ArrayList<>();
        try (Stream<Path> routes = Files.walk(Path.of("routes"))) {
            for (Path file : routes.filter(path -> path.toString().endsWith(".camel.yaml"))
                    .toList()) {
                files.add(file.getFileName().toString().replace(".camel.yaml", ""));
                Files.readAllLines(file).stream()
                        .map(String::strip)
                        .filter(line -> line.startsWith("- to: direct:"))
                        .map(line -> line.substring("- to: ".length()))
                        .forEach(asked::add);
            }
        }
        List<Route> routes = bean(CamelContext.class).getRoutes();
        List<String> answered = routes.stream()
                .map(route -> route.getEndpoint().getEndpointUri().replace("://", ":"))
                .filter(uri -> uri.startsWith("direct:"))
                .toList();
        assertThat(answered).doesNotHaveDuplicates().containsAll(asked);
        assertThat(routes).allSatisfy(route -> {
            assertThat(files).contains(route.getId());
            assertThat(route.getDescription()).isNotBlank();
            assertThat(route.getConfigurationId()).isNotBlank();
        });
    }

    private void start(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--lonja.home=" + home,
                "--lonja.config=.",
                "--lonja.partners.also=src/main/resources/demo/partners",
                "--spring.main.web-application-type=none"));
        all.addAll(List.of(settings));
        hub = new SpringApplicationBuilder(WithoutDoors.class)
                .web(WebApplicationType.NONE)
                .run(all.toArray(String[]::new));
    }

    private <T> T bean(Class<T> type) {
        if (hub == null) {
            throw new IllegalStateException("The hub was not started");
        }
        return hub.getBean(type);
    }

    private IntakeResult send(String messageId, byte[] content) {
        return bean(ProducerTemplate.class)
                .requestBody(
                        "direct:https-inbound",
                        new Transmission(MEMBER, "https", messageId, "application/EDI-X12", content),
                        IntakeResult.class);
    }

    private static Receipt received(IntakeResult result) {
        assertThat(result).isInstanceOf(IntakeResult.Received.class);
        return ((IntakeResult.Received) result).receipt();
    }

    /** The receipt's life once the pipeline is through with it. */
    private TrackedInterchange settled(Receipt receipt) {
        await(() -> bean(Interchanges.class)
                .find(receipt.id())
                .filter(tracked -> tracked.timeline().stream()
                        .anyMatch(event -> event.event().equals("mapped")))
                .filter(tracked -> !tracked.status().equals("processing"))
                .isPresent());
        return bean(Interchanges.class).find(receipt.id()).orElseThrow();
    }

    private static void await(BooleanSupplier condition) {
        Instant until = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited too long").isBefore(until);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static byte[] order() throws IOException {
        return Files.readAllBytes(Path.of(ORDER));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** All modules between the doors and the books. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ComponentScan({
        "io.lonja.archive",
        "io.lonja.alarm",
        "io.lonja.partner",
        "io.lonja.intake",
        "io.lonja.edi",
        "io.lonja.mapping",
        "io.lonja.document",
        "io.lonja.delivery",
        "io.lonja.commission",
        "io.lonja.account",
        "io.lonja.opportunity",
        "io.lonja.tracking",
        "io.lonja.route"
    })
    static class WithoutDoors {}
}
