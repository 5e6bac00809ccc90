package io.lonja.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.cli.demo.DemoInterchange.Partner;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plays the main job once against a running hub, as its partners and its operator would: over HTTPS, AS2 and SFTP, with
 * keys and credentials of their own, and nothing else. Prints what came back and what it became.
 */
public final class DemoPlay {

    private static final int CONTROL_NUMBERS = 999_999_000;

    private final DemoDoors doors;
    private final Path home;
    private final DemoKeys keys;
    private final PrintStream out;
    private final DemoTable table;
    private final DemoTrade trade;
    private final DemoInterchange texts;
    private final LocalDate today;
    private final int firstControl;
    private final Map<Partner, DemoClient> clients = new EnumMap<>(Partner.class);
    private final List<String[]> steps = new ArrayList<>();

    /**
     * @param doors of the hub
     * @param home the hub's data folder: the operator reads its secret there, and partners get the public certificate
     * @param keys of the partners
     * @param clock gives the documents their date and the run its range of control numbers
     */
    public DemoPlay(DemoDoors doors, Path home, DemoKeys keys, Clock clock, DemoTrade trade, PrintStream out) {
        this.doors = doors;
        this.home = home;
        this.keys = keys;
        this.out = out;
        this.table = new DemoTable(out);
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
        sentOn(numbers.hotelOrder);
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
        out.printf("The main job over %s, certificate SHA-256 %s%n", doors.https(), doors.fingerprint());
        table.print(new String[] {"who", "sends", "HTTPS answer", "acknowledgment", "status", "what it says"}, steps);
        new GroupOrderPlay(doors, home, keys, operator, clients, today, control + 1, trade.group(), out).play();
        printBecame();
        return new Played(numbers, printStatement(operator));
    }

    private DemoClient operator() {
        try {
            JsonNode secret = new ObjectMapper()
                    .readTree(home.resolve("secrets/operator.json").toFile());
            return DemoClient.login(
                    doors,
                    secret.get("clientId").asText(),
                    secret.get("clientSecret").asText());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the operator's credentials in " + home, e);
        }
    }

    private DemoClient partnerClient(DemoClient operator, Partner partner) {
        JsonNode made = DemoAnswers.expect(
                201, operator.post("/clients", "demo-" + partner.id, "{\"party\":\"%s\"}".formatted(partner.id)));
        return DemoClient.login(
                doors, made.get("clientId").asText(), made.get("clientSecret").asText());
    }

    private void agree(DemoClient operator) {
        DemoAnswers.expect(
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

    /** The agreement with the hotel says that its orders go on to the supplier they name. */
    private void sentOn(String order) {
        DemoClient hotel = client(Partner.HOTEL);
        String id = DemoAnswers.expect(200, hotel.get("/documents?number=" + order))
                .at("/items/0/id")
                .asText();
        JsonNode sent = DemoAnswers.until(
                        hotel,
                        "/documents/" + id,
                        document -> document.at("/sent/0/delivery").isTextual())
                .at("/sent/0");
        DemoClient valle = client(Partner.VALLE);
        String delivery = sent.get("delivery").asText();
        String text = valle.get("/deliveries/" + delivery + "/payload").text();
        DemoAnswers.expect(200, valle.post("/deliveries/" + delivery + "/received", "demo-received-" + delivery, "{}"));
        steps.add(new String[] {
            "the hub",
            "it goes on to " + Partner.VALLE.title,
            "fetched, delivery " + delivery,
            "-",
            "confirmed",
            DemoAnswers.segments(text, "BEG", "CTT")
        });
    }

    /** Sends, waits until the hub has come to an end with it, and collects what it owes for it. */
    private void step(Partner who, String what, String interchange, @Nullable String key) {
        DemoClient client = client(who);
        DemoClient.Answer answer = client.send(interchange, key);
        JsonNode receipt = answer.json();
        if (answer.status() != 202 && answer.status() != 200) {
            throw DemoAnswers.unexpected(answer);
        }
        String id = receipt.get("id").asText();
        JsonNode settled = DemoAnswers.settled(client, id);
        steps.add(new String[] {
            who.title,
            what,
            "%d, receipt %s%s".formatted(answer.status(), id, answer.status() == 200 ? " (the first)" : ""),
            answer.status() == 200 ? "-" : DemoAnswers.acknowledgment(client, id),
            settled.get("status").asText(),
            says(settled)
        });
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
        for (Partner partner : List.of(Partner.HOTEL, Partner.CASA, Partner.VALLE)) {
            List<String[]> rows = new ArrayList<>();
            for (JsonNode event : DemoAnswers.expect(
                            200, client(partner).get("/accounts/" + partner.id + "/history?limit=500"))
                    .get("items")) {
                rows.add(new String[] {
                    event.get("effectiveOn").asText(),
                    event.get("kind").asText(),
                    DemoAnswers.money(event.get("amount")),
                    DemoAnswers.because(event.get("because"))
                });
            }
            out.println("  " + partner.title);
            table.print(new String[] {"when", "what", "amount", "because"}, rows);
        }
        out.println();
        out.println("What it became: opportunities");
        List<String[]> opportunities = new ArrayList<>();
        for (JsonNode opportunity : DemoAnswers.expect(
                        200, client(Partner.VALLE).get("/opportunities"))
                .get("items")) {
            JsonNode probability = opportunity.get("probability");
            opportunities.add(new String[] {
                opportunity.get("order").asText(),
                opportunity.get("member").asText(),
                opportunity.get("category").asText(),
                DemoAnswers.money(opportunity.get("ordered")),
                DemoAnswers.money(opportunity.get("invoiced")),
                DemoAnswers.money(opportunity.get("open")),
                "%s (%s of %s earlier orders were invoiced)"
                        .formatted(
                                probability.get("value").asText(),
                                probability.get("invoiced").asText(),
                                probability.get("orders").asText())
            });
        }
        table.print(
                new String[] {"order", "member", "category", "ordered", "invoiced", "open", "probability"},
                opportunities);
        out.println();
        out.printf(
                "What it became: commission, %s %% of net paid by %s%n",
                trade.commissionPercent(), Partner.VALLE.title);
    }

    /** Closes the month, shows its lines and the ledger, and fetches what the supplier can check alone. */
    private byte[] printStatement(DemoClient operator) {
        String id = DemoAnswers.expect(
                        201,
                        operator.post(
                                "/commissions/statements",
                                "demo-statement",
                                "{\"supplier\":\"%s\",\"period\":\"%s\"}"
                                        .formatted(Partner.VALLE.id, YearMonth.from(today))))
                .get("id")
                .asText();
        JsonNode statement = DemoAnswers.expect(200, operator.get("/commissions/statements/" + id));
        JsonNode content = statement.get("content");
        List<String[]> lines = new ArrayList<>();
        for (JsonNode line : content.get("lines")) {
            lines.add(new String[] {
                line.get("kind").asText(),
                DemoAnswers.because(line.get("because")),
                line.get("line").asText(),
                DemoAnswers.money(line.get("base")),
                line.get("rate").asText() + " %",
                DemoAnswers.money(line.get("commission"))
            });
        }
        table.print(new String[] {"kind", "because", "line", "base", "rate", "commission"}, lines);
        for (JsonNode total : content.get("totals")) {
            out.printf(
                    "  due %s; %s of it go back to the members:",
                    DemoAnswers.money(total.get("due")), DemoAnswers.money(total.get("shareBack")));
        }
        for (JsonNode share : statement.get("shareBack")) {
            out.printf(
                    " %s %s for %s",
                    share.get("member").asText(),
                    DemoAnswers.money(share.get("amount")),
                    DemoAnswers.money(share.get("patronage")));
        }
        out.println();
        printLedger(operator);
        printProvenance(operator);
        DemoClient.Answer bundle = client(Partner.VALLE).get("/commissions/statements/" + id + "/bundle");
        if (bundle.status() != 200) {
            throw DemoAnswers.unexpected(bundle);
        }
        return bundle.body();
    }

    private void printLedger(DemoClient operator) {
        out.println();
        out.println("Ledger");
        List<String[]> accounts = new ArrayList<>();
        for (JsonNode account :
                DemoAnswers.expect(200, operator.get("/ledger/accounts")).get("items")) {
            accounts.add(new String[] {
                account.get("account").asText(),
                account.at("/debits/amount").asText(),
                account.at("/credits/amount").asText(),
                account.at("/balance/amount").asText(),
                account.at("/balance/currency").asText()
            });
        }
        table.print(new String[] {"account", "debits", "credits", "balance", "currency"}, accounts);
        JsonNode balance = DemoAnswers.expect(200, operator.get("/ledger/trial-balance"));
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
        JsonNode provenance = DemoAnswers.expect(200, operator.get("/ledger/entries/" + id + "/provenance"));
        JsonNode wire = provenance.get("wire");
        out.println();
        out.println("One ledger entry followed back to the wire: GET /api/v1/ledger/entries/" + id + "/provenance");
        table.print(
                new String[] {"what", "is"},
                List.of(
                        new String[] {
                            "entry",
                            id + ", " + DemoAnswers.money(entry.get("amount")) + " on "
                                    + DemoAnswers.money(entry.get("base"))
                        },
                        new String[] {
                            "rule",
                            "agreement " + provenance.path("rule").path("id").asText() + ", "
                                    + provenance.path("rule").path("rate").asText() + " %"
                        },
                        new String[] {
                            "document",
                            DemoAnswers.because(provenance.get("document")) + " line "
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
        for (JsonNode entry : DemoAnswers.expect(200, operator.get("/ledger/entries?limit=500"))
                .get("items")) {
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
}
