package io.lonja.force.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.acceptance.HubCertificate;
import io.lonja.acceptance.RunningHub;
import io.lonja.force.ApiClient;
import io.lonja.force.HubProcess;
import io.lonja.transport.SftpEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of trade of twelve members with eight suppliers, in X12, EDIFACT D.96A and EANCOM, by HTTPS, AS2 and SFTP, made up from a seed
 * ({@code -Dday.seed=}, {@code -Dday.orders=}): in the end nothing is open that was not left open on purpose.
 */
@Tag("force")
class DayOfTradeIT {

    private static final long SEED = Long.getLong("day.seed", 20260901L);
    private static final int ORDERS = Integer.getInteger("day.orders", 84);
    private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("day.patience", 120));
    private static final int SETS_MAX = 4;

    @TempDir
    static Path folder;

    private final DayPlan day = new DayPlan(SEED, ORDERS);
    private final Map<Firm, SimulatedPartner> partners = new LinkedHashMap<>();
    /** As their writers wrote them, by number. */
    private final Map<String, Paper> sent = new ConcurrentHashMap<>();

    private final Map<Firm, Channel> channels = new LinkedHashMap<>();
    private final List<String> refusedOnPurpose = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService clerks = Executors.newFixedThreadPool(3);
    private Path config = folder;
    private RunningHub hub;
    private ApiClient operator;
    private Oracle oracle;
    private int documentsSentOn;

    @BeforeEach
    void open() throws Exception {
        System.out.printf(
                "A day of %d orders from the seed %d (-Dday.seed=, -Dday.orders=)%n", day.orders.size(), SEED);
        for (Firm firm : day.market.firms()) {
            if (firm.way() == Way.AS2) {
                channels.put(firm, new As2Peering(firm));
            } else if (firm.way() == Way.SFTP) {
                channels.put(firm, new DropBoxPeer(firm));
            }
        }
        config = HubProcess.configuration(folder.resolve("config"), day.market.profiles(this::as2Server));
        day.market.writeTables(config);
        for (Map.Entry<Firm, Channel> channel : channels.entrySet()) {
            Path certificates = Files.createDirectories(
                    config.resolve("partners").resolve(channel.getKey().id()).resolve("certificates"));
            if (channel.getValue() instanceof As2Peering as2) {
                Files.writeString(certificates.resolve("own.pem"), as2.certificate());
            } else if (channel.getValue() instanceof DropBoxPeer sftp) {
                Files.writeString(certificates.resolve("own.pub"), sftp.publicKey());
            }
        }
        hub = RunningHub.start(
                folder.resolve("home"),
                "--lonja.config=" + config,
                "--lonja.partners.also=",
                "--lonja.identity.edifact=14/" + EdifactPen.HUB.replace(":14", ""),
                "--lonja.sweep.every=1s");
        operator = ApiClient.operator(hub.http(), hub.home());
        oracle = new Oracle(day, new Tally(day), operator);
        HttpClient https = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(HubCertificate.pinned(hub.fingerprint()))
                .build();
        for (Firm firm : day.market.firms()) {
            JsonNode client =
                    operator.post("/clients", "client-" + firm.id(), "{\"party\":\"%s\"}".formatted(firm.id()));
            String token = ApiClient.token(
                    hub.http(),
                    client.get("clientId").asText(),
                    client.get("clientSecret").asText());
            HubApi api = new HubApi(firm, https, hub.https(), token);
            Channel channel = channels.computeIfAbsent(firm, unknown -> api);
            if (channel instanceof As2Peering as2) {
                as2.trust(hub.http(), hub.home().resolve("keys"));
            } else if (channel instanceof DropBoxPeer sftp) {
                SftpEndpoint server = hub.context().getBean(SftpEndpoint.class);
                sftp.login(server.port(), server.fingerprint());
            }
            partners.put(firm, new SimulatedPartner(firm, api, channel));
        }
    }

    private URI as2Server(Firm firm) {
        return channels.get(firm) instanceof As2Peering as2 ? as2.address() : URI.create("http://127.0.0.1/none");
    }

    @AfterEach
    void close() throws IOException {
        clerks.shutdownNow();
        hub.close();
        for (Channel channel : channels.values()) {
            channel.close();
        }
    }

    @Test
    void nothingIsOpenInTheEndAndEachDifferenceIsTheOneThatWasPlanted() throws Exception {
        for (Hour hour : Hour.values()) {
            long begin = System.nanoTime();
            if (hour == Hour.EVENING) {
                mapsWhatHadNoCode();
            }
            decides(hour);
            together(partner -> sends(partner, hour));
            arrives(hour);
            together(partner -> repeats(partner, hour));
            settles();
            together(partner -> acknowledges(partner, hour));
            System.out.printf("%s: %d ms%n", hour, (System.nanoTime() - begin) / 1_000_000);
            if (hour == Hour.AFTERNOON) {
                assertThat(operator.all("/order-lines?status=open"))
                        .as("lines that are open before the last invoices")
                        .isNotEmpty();
                oracle.looksAtTheLines(hour);
                oracle.looksAtTheCases(hour);
            }
        }
        settles();
        await("nothing is on its way")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    together(SimulatedPartner::fetch);
                    return partners.values().stream().noneMatch(SimulatedPartner::waits)
                            && operator.get("/deliveries?status=pending&limit=1")
                                    .get("items")
                                    .isEmpty();
                });
        oracle.looksAtTheLines(Hour.NIGHT);
        assertThat(operator.all("/order-lines?status=open")).isEmpty();
        partners.values()
                .forEach(partner -> assertThat(
                                partner.get("order-lines?limit=500").get("items"))
                        .as("lines that %s buys or sells", partner.firm.id())
                        .hasSize(day.linesOf(partner.firm)));
        oracle.looksAtTheCases(Hour.NIGHT);
        oracle.looksAtTheDocuments(sent);
        oracle.looksAtTheLives();
        oracle.looksAtTheChannels();
        oracle.looksAtTheDeliveries(documentsSentOn);
        partners.values()
                .forEach(partner -> assertThat(partner.answers)
                        .as("what the hub answered to " + partner.firm.id())
                        .isEqualTo(partner.answersDue));
        List<String> alarms = new ArrayList<>();
        for (JsonNode alarm : operator.all("/alarms")) {
            if (alarm.get("status").asText().equals("open")) {
                alarms.add(alarm.get("cause").asText());
            }
        }
        assertThat(alarms).as("one for each number that was used twice").hasSize(refusedOnPurpose.size());
    }

    private void sends(SimulatedPartner partner, Hour hour) throws IOException {
        Random chance = new Random(SEED + partner.firm.id().hashCode() + hour.ordinal());
        for (Kind kind : Kind.values()) {
            List<Paper> papers = new ArrayList<>();
            for (Sheet sheet : day.sheets) {
                if (sheet.from().equals(partner.firm) && sheet.hour() == hour && sheet.kind() == kind) {
                    Paper paper = new Clerk(day.market, partner.ordersRead).paper(sheet);
                    papers.add(paper);
                    sent.put(sheet.number(), paper);
                }
            }
            for (int from = 0; from < papers.size(); ) {
                int to = Math.min(papers.size(), from + 1 + chance.nextInt(SETS_MAX));
                List<Paper> batch = papers.subList(from, to);
                if (partner.hasSent() && chance.nextInt(40) == 0) {
                    partner.sendUnderUsedNumber(kind, batch);
                    refusedOnPurpose.add(partner.firm.id());
                }
                // What is wholly held would be received anew, so only what counts is sent twice.
                boolean counts = batch.stream().noneMatch(this::waits);
                if (counts && chance.nextInt(10) == 0) {
                    partner.sendTwice(kind, batch);
                } else {
                    partner.send(kind, batch);
                }
                from = to;
            }
        }
    }

    /** Whether it is held at first. */
    private boolean waits(Paper paper) {
        return day.decisions.containsKey(paper.number())
                || paper.kind() == Kind.ORDER && day.order(paper.number()).scenario == Scenario.CODE_MISSING;
    }

    /** All receivers have what is due in this hour, as it was said, and nothing else. */
    private void arrives(Hour hour) throws Exception {
        settles();
        Map<SimulatedPartner, List<Paper>> due = new LinkedHashMap<>();
        partners.values().forEach(partner -> due.put(partner, due(partner.firm, hour)));
        await("what is due in the " + hour)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    together(SimulatedPartner::fetch);
                    due.forEach((partner, papers) -> {
                        assertThat(partner.inbox)
                                .as("documents for " + partner.firm.id())
                                .hasSizeGreaterThanOrEqualTo(papers.size());
                        assertThat(partner.waits())
                                .as(
                                        "%s waits for an answer: %s of %s",
                                        partner.firm.id(), partner.answers, partner.answersDue)
                                .isFalse();
                    });
                });
        due.forEach((partner, papers) -> {
            assertThat(partner.inbox)
                    .as("what %s reads in the %s", partner.firm.id(), hour)
                    .containsExactlyInAnyOrderElementsOf(papers);
            partner.inbox.clear();
            documentsSentOn += papers.size();
        });
    }

    /** What this firm must read in this hour, in its own words. */
    private List<Paper> due(Firm firm, Hour hour) {
        List<Paper> due = new ArrayList<>();
        for (Sheet sheet : day.sheets) {
            DayPlan.Decision decision = day.decisions.get(sheet.number());
            boolean tells =
                    decision == null ? day.tellsAt(sheet) == hour : decision.released() && decision.hour() == hour;
            if (tells && sheet.to().equals(firm)) {
                due.add(Objects.requireNonNull(sent.get(sheet.number()))
                        .called(codes -> day.market.told(firm, sheet.from(), codes)));
            }
        }
        return due;
    }

    /** Documents that are sent once more, in an interchange of their own. */
    private void repeats(SimulatedPartner partner, Hour hour) throws IOException {
        for (Sheet sheet : day.sheets) {
            if (sheet.from().equals(partner.firm) && sheet.hour() == hour && day.repeated.contains(sheet.number())) {
                partner.send(sheet.kind(), List.of(Objects.requireNonNull(sent.get(sheet.number()))));
            }
        }
    }

    /** Some partners acknowledge what they read only at night. */
    private void acknowledges(SimulatedPartner partner, Hour hour) throws IOException {
        boolean late = partner.firm.mark().hashCode() % 5 == 0;
        partner.fetch();
        if (!late || hour == Hour.NIGHT) {
            partner.acknowledge();
        }
    }

    private void settles() {
        await("all that was received is read")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> operator.get("/interchanges?status=received&limit=1")
                                .get("items")
                                .isEmpty()
                        && operator.get("/interchanges?status=processing&limit=1")
                                .get("items")
                                .isEmpty());
    }

    /** The rows that were missing are added, and what waited for them is mapped again. */
    private void mapsWhatHadNoCode() throws Exception {
        List<Sheet> waiting = day.sheets.stream()
                .filter(sheet -> day.tellsAt(sheet) != sheet.hour())
                .toList();
        Set<String> interchanges = new LinkedHashSet<>();
        for (Sheet sheet : waiting) {
            JsonNode held = operator.get("/documents?number=" + sheet.number()).at("/items/0");
            assertThat(held.get("status").asText()).isEqualTo("held");
            assertThat(held.at("/problems/0/code").asText()).isEqualTo("code-missing");
            interchanges.add(held.get("interchange").asText());
        }
        day.market.addNovelties(config);
        for (Sheet sheet : waiting) {
            SimulatedPartner buyer = Objects.requireNonNull(partners.get(sheet.from()));
            List<Paper> paper = List.of(Objects.requireNonNull(sent.get(sheet.number())));
            await("the new rows of %s are live".formatted(buyer.firm.id()))
                    .atMost(PATIENCE)
                    .until(() -> !buyer.tries(Kind.ORDER, paper).toString().contains("code-missing"));
        }
        for (String receipt : interchanges) {
            operator.post(
                    "/interchanges/%s/replay".formatted(receipt),
                    "replay-" + receipt,
                    "{\"reason\":\"The rows are there\"}");
        }
    }

    /** An operator asked the seller. */
    private void decides(Hour hour) throws Exception {
        for (Map.Entry<String, DayPlan.Decision> decision : day.decisions.entrySet()) {
            if (decision.getValue().hour() != hour) {
                continue;
            }
            String number = decision.getKey();
            String id = operator.get("/documents?number=" + number)
                    .at("/items/0/id")
                    .asText();
            if (decision.getValue().released()) {
                operator.post(
                        "/documents/%s/release".formatted(id), "release-" + id, "{\"reason\":\"Both are meant\"}");
            } else {
                for (JsonNode known : operator.all("/cases?status=open")) {
                    if (known.get("document").asText().equals(id)) {
                        operator.post(
                                "/cases/%s/close".formatted(known.get("id").asText()),
                                "close-" + id,
                                "{\"reason\":\"It was sent twice\"}");
                    }
                }
            }
        }
    }

    private interface Work {
        void of(SimulatedPartner partner) throws Exception;
    }

    /** By all partners at the same time. */
    private void together(Work work) throws Exception {
        List<Callable<SimulatedPartner>> all = new ArrayList<>();
        partners.values()
                .forEach(partner -> all.add(() -> {
                    work.of(partner);
                    return partner;
                }));
        for (Future<SimulatedPartner> each : clerks.invokeAll(all)) {
            try {
                each.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AssertionError found) {
                    throw found;
                }
                throw e;
            }
        }
    }
}
