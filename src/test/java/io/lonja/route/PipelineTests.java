package io.lonja.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.DemoHome;
import io.lonja.alarm.Alarm;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Effect;
import io.lonja.archive.EntryId;
import io.lonja.document.GuideVersion;
import io.lonja.document.GuideVersions;
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
import java.util.Map;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.core.JmsTemplate;

/** From the door to the books, over the real routes and the real broker, without a web server. */
class PipelineTests {

    private static final String ORDER = "src/test/resources/acceptance/x12-850-order.edi";
    private static final PartyId MEMBER = new PartyId("hotel-miramar");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Serves the tests that need no start or stop of their own. */
    private static ConfigurableApplicationContext shared;

    private ConfigurableApplicationContext hub = shared;

    @BeforeAll
    static void startShared(@TempDir Path home) {
        shared = start(home, "--lonja.sweep.every=1h");
    }

    @AfterAll
    static void stopShared() {
        shared.close();
    }

    @Test
    void takesAnOrderFromTheDoorToTheBooksAndOwesIts997() throws IOException {
        Receipt receipt = received(send("message-1", order(101)));
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
        byte[] order = order(102);
        long receiptsBefore = receipts();
        ExecutorService senders = Executors.newFixedThreadPool(100);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<IntakeResult>> answers = new ArrayList<>();
        for (int sender = 0; sender < 100; sender++) {
            answers.add(senders.submit(() -> {
                start.await();
                return send("at-once", order);
            }));
        }
        start.countDown();
        int fresh = 0;
        for (Future<IntakeResult> answer : answers) {
            fresh += answer.get(60, TimeUnit.SECONDS) instanceof IntakeResult.Received ? 1 : 0;
        }
        senders.shutdown();
        assertThat(fresh).isEqualTo(1);
        assertThat(receipts()).isEqualTo(receiptsBefore + 1);
    }

    @Test
    void finishesAReceiptWhoseWakeUpWasLostWithTheBrokersJournal(@TempDir Path home) throws IOException {
        hub = start(home, "--lonja.sweep.every=1h", "--lonja.readers=1");
        bean(CamelContext.class).suspend();
        Receipt receipt = received(bean(io.lonja.intake.Intake.class)
                .accept(new Transmission(MEMBER, "https", "message-1", null, order(103))));
        hub.close();
        delete(home.resolve("broker"));
        hub = start(home, "--lonja.sweep.every=1s");
        try {
            assertThat(settled(receipt).status()).isEqualTo("applied");
            assertThat(bean(Receipts.class).unfinishedAfter(0, Instant.now(), 10))
                    .isEmpty();
        } finally {
            hub.close();
        }
    }

    @Test
    void dropsAMessageThatNamesNoReceiptAndReadsTheNextOne() throws IOException {
        JmsTemplate queue = bean(JmsTemplate.class);
        queue.convertAndSend(Sweep.RECEIVED, "no id at all");
        queue.convertAndSend(Sweep.RECEIVED, "999999999");
        queue.convertAndSend(Sweep.RECEIVED, "1");
        assertThat(settled(received(send("after-nonsense", order(105)))).status())
                .isEqualTo("applied");
        assertThat(bean(OpenAlarms.class).list(100))
                .extracting(Alarm::cause)
                .noneMatch(cause -> cause.startsWith("receipt-unprocessed"));
    }

    @Test
    void readsWhatOneSenderSentInTheOrderInWhichItCame() throws Exception {
        List<Receipt> first = new ArrayList<>();
        List<Receipt> second = new ArrayList<>();
        bean(CamelContext.class).suspend();
        for (int pair = 0; pair < 4; pair++) { // The second of each pair is short, and would overtake the first.
            first.add(accepted("pair-%d-a".formatted(pair), manyOrders(200 + pair)));
            second.add(accepted("pair-%d-b".formatted(pair), order(200 + pair)));
        }
        JmsTemplate queue = bean(JmsTemplate.class);
        for (int pair = 0; pair < 4; pair++) {
            queue.convertAndSend(Sweep.RECEIVED, second.get(pair).id().toString());
            queue.convertAndSend(Sweep.RECEIVED, first.get(pair).id().toString());
        }
        bean(CamelContext.class).resume();
        assertThat(first)
                .allSatisfy(receipt -> assertThat(settled(receipt).status()).isEqualTo("applied"));
        assertThat(second)
                .allSatisfy(receipt -> assertThat(settled(receipt).status()).isEqualTo("held"));
    }

    @Test
    void readsRefusedBytesAgainWhenAGuideWasMendedAndOtherwiseAnswersForTheFirst() throws IOException {
        byte[] refused = "This is no interchange either".getBytes(StandardCharsets.US_ASCII);
        Receipt first = received(send(null, refused));
        settled(first);
        assertThat(send(null, refused)).isEqualTo(new IntakeResult.AlreadyReceived(first, false));
        Receipt counted = received(send(null, order(106)));
        settled(counted);

        bean(GuideVersions.class)
                .goLive(
                        List.of(GuideVersion.of("mended", first.digest(), first.digest(), "test", Map.of())),
                        bean(Appliers.class));
        Receipt second = received(send(null, refused));
        assertThat(second.id()).isNotEqualTo(first.id());
        settled(second);
        assertThat(send(null, refused)).isEqualTo(new IntakeResult.AlreadyReceived(second, false));
        assertThat(send(null, order(106))).isEqualTo(new IntakeResult.AlreadyReceived(counted, false));
    }

    @Test
    void countsEverythingThatWasReceived() throws IOException {
        Conservation before = bean(Interchanges.class).conservation();
        String order = new String(order(104), StandardCharsets.ISO_8859_1);
        settled(received(send("count-1", order(104))));
        settled(received(send("count-2", order(104))));
        settled(received(send("count-3", "This is no interchange".getBytes(StandardCharsets.US_ASCII))));
        settled(received(
                send("count-4", order.replace("HOTELMIRAMAR", "SOMEBODYELSE").getBytes(StandardCharsets.ISO_8859_1))));
        assertThat(send("count-1", "Other content".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IntakeResult.MessageIdReused.class);
        Conservation conservation = bean(Interchanges.class).conservation();
        assertThat(conservation)
                .isEqualTo(new Conservation(
                        before.received() + 4,
                        before.applied() + 1,
                        before.refused() + 2,
                        before.held(),
                        before.duplicate() + 1,
                        before.inFlight()));
        assertThat(conservation.difference()).isZero();
        assertThat(bean(Appliers.class).appliedThrough(Effect.Lane.TRACKING))
                .isEqualTo(bean(Archive.class).size());
    }

    @Test
    void answersEveryDirectSeamByExactlyOneRouteNamedForItsFile() throws IOException {
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

    private static ConfigurableApplicationContext start(Path home, String... settings) {
        DemoHome.keysInto(home);
        List<String> all = new ArrayList<>(List.of(
                "--lonja.home=" + home,
                "--lonja.config=.",
                "--lonja.partners.also=" + DemoHome.partners(),
                "--lonja.sftp.port=0",
                "--spring.main.web-application-type=none"));
        all.addAll(List.of(settings));
        return new SpringApplicationBuilder(WithoutDoors.class)
                .web(WebApplicationType.NONE)
                .run(all.toArray(String[]::new));
    }

    private <T> T bean(Class<T> type) {
        return hub.getBean(type);
    }

    private IntakeResult send(@Nullable String messageId, byte[] content) {
        return bean(ProducerTemplate.class)
                .requestBody(
                        "direct:https-inbound",
                        new Transmission(MEMBER, "https", messageId, "application/EDI-X12", content),
                        IntakeResult.class);
    }

    /** Durable, but nobody is woken. */
    private Receipt accepted(String messageId, byte[] content) {
        return received(
                bean(io.lonja.intake.Intake.class).accept(new Transmission(MEMBER, "https", messageId, null, content)));
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

    private long receipts() {
        return bean(Receipts.class).countThrough(new EntryId(bean(Archive.class).size()));
    }

    /** An order of its own: interchange and order bear this number. */
    private static byte[] order(int number) throws IOException {
        return Files.readString(Path.of(ORDER), StandardCharsets.ISO_8859_1)
                .replace("000000101", "%09d".formatted(number))
                .replace("HM-1001", "HM-" + number)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** An interchange of thirty orders, the first of which is that of {@link #order}. */
    private static byte[] manyOrders(int number) throws IOException {
        String one = new String(order(number), StandardCharsets.ISO_8859_1);
        int from = one.indexOf("ST*850");
        int to = one.indexOf("GE*1*");
        StringBuilder sets = new StringBuilder();
        for (int set = 1; set <= 30; set++) {
            sets.append(one.substring(from, to)
                    .replace("0001~", "%04d~".formatted(set))
                    .replace("HM-" + number, set == 1 ? "HM-" + number : "HM-%d-%d".formatted(number, set)));
        }
        return (one.substring(0, from) + sets + one.substring(to).replace("GE*1*", "GE*30*"))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** All modules between the doors and the books, and the doors whose routes name their beans. */
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
        "io.lonja.transport.sftp",
        "io.lonja.transport.as2",
        "io.lonja.commission",
        "io.lonja.account",
        "io.lonja.opportunity",
        "io.lonja.consortium",
        "io.lonja.catalogue",
        "io.lonja.tracking",
        "io.lonja.route"
    })
    static class WithoutDoors {}
}
