package io.lonja.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.cli.demo.DemoInterchange.Partner;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Plays the main job once against a running hub, as its partners and its operator would: over HTTPS, with credentials
 * of their own, and nothing else. Prints what came back and what it became.
 */
public final class DemoPlay {

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);
    private static final Duration POLL_EVERY = Duration.ofMillis(100);
    private static final int CONTROL_NUMBERS = 999_999_000;

    private final URI base;
    private final String fingerprint;
    private final Path operatorSecret;
    private final PrintStream out;
    private final DemoTrade trade;
    private final DemoInterchange texts;
    private final LocalDate today;
    private final int firstControl;
    private final Map<Partner, DemoClient> clients = new EnumMap<>(Partner.class);
    private final List<String[]> steps = new ArrayList<>();

    /**
     * @param base the hub's HTTPS address
     * @param fingerprint SHA-256 of its certificate, the only one that the clients trust
     * @param operatorSecret {@code secrets/operator.json} in the data folder
     * @param clock gives the documents their date and the run its range of control numbers
     */
    public DemoPlay(URI base, String fingerprint, Path operatorSecret, Clock clock, DemoTrade trade, PrintStream out) {
        this.base = base;
        this.fingerprint = fingerprint;
        this.operatorSecret = operatorSecret;
        this.out = out;
        this.trade = trade;
        this.today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        this.texts = new DemoInterchange(today);
        this.firstControl = (int) (clock.instant().getEpochSecond() % CONTROL_NUMBERS) + 1;
    }

    /** The numbers that this run gave to its documents, so that they can be searched for. */
    public record Numbers(
            String hotelOrder, String casaOrder, String hotelInvoice, String casaInvoice, String credit) {}

    /**
     * What a run leaves.
     *
     * @param bundle of the supplier's statement, a zip for {@code verify}
     */
    public record Played(Numbers numbers, byte[] bundle) {}

    /** Plays all of it. Throws {@link IllegalStateException} with a sentence when the hub answers otherwise than it must. */
    public Played play() {
        String run = Integer.toString(firstControl);
        Numbers numbers =
                new Numbers("HM-" + run, "CL-" + run, "VF-" + run + "-1", "VF-" + run + "-2", "VF-" + run + "-C");
        DemoClient operator = operator();
        for (Partner partner : Partner.values()) {
            clients.put(partner, partnerClient(operator, partner));
        }
        agree(operator);

        int control = firstControl;
        String hotelOrder = texts.order(Partner.HOTEL, control++, numbers.hotelOrder, trade.hotelOrder());
        step(Partner.HOTEL, "order " + numbers.hotelOrder, hotelOrder, null);
        step(
                Partner.VALLE,
                "invoice " + numbers.hotelInvoice,
                texts.invoice(
                        Partner.HOTEL,
                        control++,
                        numbers.hotelInvoice,
                        numbers.hotelOrder,
                        trade.hotelOrder(),
                        trade.hotelAllowance(),
                        trade.hotelFreight(),
                        trade.taxPercent()),
                null);
        int casaControl = control++;
        step(
                Partner.CASA,
                "order without a number",
                texts.order(Partner.CASA, casaControl, "", trade.casaOrder()),
                null);
        step(
                Partner.CASA,
                "the same, mended: " + numbers.casaOrder,
                texts.order(Partner.CASA, casaControl, numbers.casaOrder, trade.casaOrder()),
                null);
        step(Partner.HOTEL, "its order again, same bytes", hotelOrder, null);
        step(Partner.HOTEL, "its order again, as a new message", hotelOrder, "again-" + run);
        step(
                Partner.VALLE,
                "invoice " + numbers.casaInvoice,
                texts.invoice(
                        Partner.CASA,
                        control++,
                        numbers.casaInvoice,
                        numbers.casaOrder,
                        trade.casaOrder(),
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO),
                null);
        step(
                Partner.VALLE,
                "credit memo " + numbers.credit,
                texts.credit(
                        Partner.HOTEL,
                        control,
                        numbers.credit,
                        numbers.hotelInvoice,
                        numbers.hotelOrder,
                        List.of(trade.hotelOrder().get(0).withQuantity(trade.creditedQuantity()))),
                null);
        out.println();
        out.printf("The main job over %s, certificate SHA-256 %s%n", base, fingerprint);
        print(new String[] {"who", "sends", "HTTPS answer", "acknowledgment", "status", "what it says"}, steps);
        printBecame();
        return new Played(numbers, printStatement(operator));
    }

    private DemoClient operator() {
        try {
            JsonNode secret = new ObjectMapper().readTree(operatorSecret.toFile());
            return DemoClient.login(
                    base,
                    fingerprint,
                    secret.get("clientId").asText(),
                    secret.get("clientSecret").asText());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the operator's credentials in " + operatorSecret, e);
        }
    }

    private DemoClient partnerClient(DemoClient operator, Partner partner) {
        JsonNode made = expect(
                201, operator.post("/clients", "demo-" + partner.id, "{\"party\":\"%s\"}".formatted(partner.id)));
        return DemoClient.login(
                base,
                fingerprint,
                made.get("clientId").asText(),
                made.get("clientSecret").asText());
    }

    private void agree(DemoClient operator) {
        expect(
                201,
                operator.post(
                        "/commissions/agreements",
                        "demo-agreement",
                        "{\"supplier\":\"%s\",\"rate\":\"%s\",\"shareBack\":\"%s\",\"validFrom\":\"%s\"}"
                                .formatted(
                                        Partner.VALLE.id,
                                        trade.commissionPercent(),
                                        trade.shareBackPercent(),
                                        today.withDayOfMonth(1))));
    }

    /** Sends, waits until the hub has come to an end with it, and collects what it owes for it. */
    private void step(Partner who, String what, String interchange, @Nullable String key) {
        DemoClient client = client(who);
        DemoClient.Answer answer = client.send(interchange, key);
        JsonNode receipt = answer.json();
        if (answer.status() != 202 && answer.status() != 200) {
            throw unexpected(answer);
        }
        String id = receipt.get("id").asText();
        JsonNode settled = settled(client, id);
        steps.add(new String[] {
            who.title,
            what,
            "%d, receipt %s%s".formatted(answer.status(), id, answer.status() == 200 ? " (the first)" : ""),
            answer.status() == 200 ? "-" : acknowledgment(client, id),
            settled.get("status").asText(),
            says(settled)
        });
    }

    private JsonNode settled(DemoClient client, String id) {
        Instant deadline = Instant.now().plus(SETTLED_WITHIN);
        while (true) {
            JsonNode interchange = expect(200, client.get("/interchanges/" + id));
            String status = interchange.get("status").asText();
            if (!status.equals("received") && !status.equals("processing")) {
                return interchange;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("Interchange %s is still %s after %s; the hub's log says why"
                        .formatted(id, status, SETTLED_WITHIN));
            }
            LockSupport.parkNanos(POLL_EVERY.toNanos());
        }
    }

    /** Fetches what the hub owes the partner, confirms it, and gives the telling segments of it. */
    private static String acknowledgment(DemoClient client, String interchange) {
        List<String> told = new ArrayList<>();
        for (JsonNode delivery :
                expect(200, client.get("/deliveries?limit=500")).get("items")) {
            if (!delivery.path("interchange").asText().equals(interchange)) {
                continue;
            }
            String id = delivery.get("id").asText();
            DemoClient.Answer payload = client.get("/deliveries/" + id + "/payload");
            for (String segment : payload.text().split("[~\r\n]+")) {
                if (segment.startsWith("AK3")
                        || segment.startsWith("AK4")
                        || segment.startsWith("AK5")
                        || segment.startsWith("AK9")
                        || segment.startsWith("TA1")) {
                    told.add(segment);
                }
            }
            DemoClient.Answer confirmed = client.post("/deliveries/" + id + "/received", "demo-received-" + id, "{}");
            if (confirmed.status() / 100 != 2) {
                throw unexpected(confirmed);
            }
        }
        return told.isEmpty() ? "none" : String.join(" ", told);
    }

    private static String says(JsonNode interchange) {
        List<String> sentences = new ArrayList<>();
        if (interchange.hasNonNull("duplicateOf")) {
            sentences.add("It repeats receipt %s and changes nothing."
                    .formatted(interchange.get("duplicateOf").asText()));
        }
        for (JsonNode set : interchange.get("transactionSets")) {
            set.path("errors")
                    .forEach(error -> sentences.add(error.get("message").asText()));
        }
        return String.join(" ", sentences);
    }

    private void printBecame() {
        out.println();
        out.println("What it became: account history");
        for (Partner partner : Partner.values()) {
            List<String[]> rows = new ArrayList<>();
            for (JsonNode event : expect(200, client(partner).get("/accounts/" + partner.id + "/history?limit=500"))
                    .get("items")) {
                rows.add(new String[] {
                    event.get("effectiveOn").asText(),
                    event.get("kind").asText(),
                    money(event.get("amount")),
                    because(event.get("because"))
                });
            }
            out.println("  " + partner.title);
            print(new String[] {"when", "what", "amount", "because"}, rows);
        }
        out.println();
        out.println("What it became: opportunities");
        List<String[]> opportunities = new ArrayList<>();
        for (JsonNode opportunity :
                expect(200, client(Partner.VALLE).get("/opportunities")).get("items")) {
            JsonNode probability = opportunity.get("probability");
            opportunities.add(new String[] {
                opportunity.get("order").asText(),
                opportunity.get("member").asText(),
                opportunity.get("category").asText(),
                money(opportunity.get("ordered")),
                money(opportunity.get("invoiced")),
                money(opportunity.get("open")),
                "%s (%s of %s earlier orders were invoiced)"
                        .formatted(
                                probability.get("value").asText(),
                                probability.get("invoiced").asText(),
                                probability.get("orders").asText())
            });
        }
        print(
                new String[] {"order", "member", "category", "ordered", "invoiced", "open", "probability"},
                opportunities);
        out.println();
        out.printf(
                "What it became: commission, %s %% of net paid by %s%n",
                trade.commissionPercent(), Partner.VALLE.title);
    }

    /** Closes the month, shows its lines and the ledger, and fetches what the supplier can check alone. */
    private byte[] printStatement(DemoClient operator) {
        String id = expect(
                        201,
                        operator.post(
                                "/commissions/statements",
                                "demo-statement",
                                "{\"supplier\":\"%s\",\"period\":\"%s\"}"
                                        .formatted(Partner.VALLE.id, YearMonth.from(today))))
                .get("id")
                .asText();
        JsonNode statement = expect(200, operator.get("/commissions/statements/" + id));
        JsonNode content = statement.get("content");
        List<String[]> lines = new ArrayList<>();
        for (JsonNode line : content.get("lines")) {
            lines.add(new String[] {
                line.get("kind").asText(),
                because(line.get("because")),
                line.get("line").asText(),
                money(line.get("base")),
                line.get("rate").asText() + " %",
                money(line.get("commission"))
            });
        }
        print(new String[] {"kind", "because", "line", "base", "rate", "commission"}, lines);
        for (JsonNode total : content.get("totals")) {
            out.printf(
                    "  due %s; %s of it go back to the members:",
                    money(total.get("due")), money(total.get("shareBack")));
        }
        for (JsonNode share : statement.get("shareBack")) {
            out.printf(
                    " %s %s for %s",
                    share.get("member").asText(), money(share.get("amount")), money(share.get("patronage")));
        }
        out.println();
        printLedger(operator);
        printProvenance(operator);
        DemoClient.Answer bundle = client(Partner.VALLE).get("/commissions/statements/" + id + "/bundle");
        if (bundle.status() != 200) {
            throw unexpected(bundle);
        }
        return bundle.body();
    }

    private void printLedger(DemoClient operator) {
        out.println();
        out.println("Ledger");
        List<String[]> accounts = new ArrayList<>();
        for (JsonNode account : expect(200, operator.get("/ledger/accounts")).get("items")) {
            accounts.add(new String[] {
                account.get("account").asText(),
                account.at("/debits/amount").asText(),
                account.at("/credits/amount").asText(),
                account.at("/balance/amount").asText(),
                account.at("/balance/currency").asText()
            });
        }
        print(new String[] {"account", "debits", "credits", "balance", "currency"}, accounts);
        JsonNode balance = expect(200, operator.get("/ledger/trial-balance"));
        balance.get("currencies")
                .forEach(currency -> out.printf(
                        "  trial balance %s: debits %s, credits %s, difference %s%n",
                        currency.get("currency").asText(),
                        currency.get("debits").asText(),
                        currency.get("credits").asText(),
                        currency.get("difference").asText()));
        out.println("  ledger hash " + balance.get("hash").asText());
    }

    /** Takes the first commission of the ledger and follows it back to the wire. */
    private void printProvenance(DemoClient operator) {
        JsonNode entry = firstCommission(operator);
        String id = entry.get("id").asText();
        JsonNode provenance = expect(200, operator.get("/ledger/entries/" + id + "/provenance"));
        JsonNode wire = provenance.get("wire");
        out.println();
        out.println("One ledger entry followed back to the wire: GET /api/v1/ledger/entries/" + id + "/provenance");
        print(
                new String[] {"what", "is"},
                List.of(
                        new String[] {
                            "entry", id + ", " + money(entry.get("amount")) + " on " + money(entry.get("base"))
                        },
                        new String[] {
                            "rule",
                            "agreement " + provenance.path("rule").path("id").asText() + ", "
                                    + provenance.path("rule").path("rate").asText() + " %"
                        },
                        new String[] {
                            "document",
                            because(provenance.get("document")) + " line "
                                    + provenance.get("document").get("line").asText()
                        },
                        new String[] {
                            "guide",
                            provenance.path("mapping").path("guide").asText() + ", SHA-256 "
                                    + provenance
                                            .path("mapping")
                                            .path("guideDigest")
                                            .asText()
                        },
                        new String[] {
                            "interchange",
                            wire.get("interchange").asText() + ", bytes "
                                    + wire.get("from").asText() + " to "
                                    + wire.get("to").asText()
                        },
                        new String[] {
                            "segments", wire.get("text").asText().strip().replaceAll("\\s*\n\\s*", " ")
                        },
                        new String[] {
                            "tree head",
                            provenance.get("treeHead").get("size").asText() + ":"
                                    + provenance.get("treeHead").get("root").asText()
                        }));
    }

    private static JsonNode firstCommission(DemoClient operator) {
        JsonNode first = null;
        for (JsonNode entry :
                expect(200, operator.get("/ledger/entries?limit=500")).get("items")) {
            first = entry.get("kind").asText().equals("commission") ? entry : first;
        }
        if (first == null) {
            throw new IllegalStateException("The ledger has no commission; the hub's log says why");
        }
        return first;
    }

    private DemoClient client(Partner partner) {
        DemoClient client = clients.get(partner);
        if (client == null) {
            throw new IllegalStateException(partner.title + " has no credentials yet");
        }
        return client;
    }

    private static JsonNode expect(int status, DemoClient.Answer answer) {
        if (answer.status() != status) {
            throw unexpected(answer);
        }
        return answer.json();
    }

    private static IllegalStateException unexpected(DemoClient.Answer answer) {
        return new IllegalStateException("The hub answered %d: %s".formatted(answer.status(), answer.text()));
    }

    private static String money(JsonNode money) {
        return money.path("amount").asText() + " " + money.path("currency").asText();
    }

    private static String because(JsonNode because) {
        return "%s %s"
                .formatted(because.path("type").asText(), because.path("number").asText());
    }

    private void print(String[] head, List<String[]> rows) {
        int[] widths = new int[head.length];
        for (int column = 0; column < head.length; column++) {
            widths[column] = head[column].length();
            for (String[] row : rows) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        printRow(head, widths);
        rows.forEach(row -> printRow(row, widths));
    }

    private void printRow(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder(" ");
        for (int column = 0; column < row.length; column++) {
            line.append(' ').append(row[column]).append(" ".repeat(widths[column] - row[column].length() + 1));
        }
        out.println(line.toString().stripTrailing());
    }
}
