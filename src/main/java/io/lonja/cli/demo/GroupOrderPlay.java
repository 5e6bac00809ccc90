package io.lonja.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.cli.demo.DemoInterchange.Partner;
import io.lonja.transport.as2.As2Correspondent;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The members buy together: one orders by AS2 in X12, the other by SFTP in EDIFACT and in pieces of its own; the supplier
 * gets one order, accepts it, invoices it in X12 and credits it in EDIFACT, and each member gets its share.
 */
final class GroupOrderPlay {

    private static final String CONSORTIUM = "costa-compras";
    private static final String ITEM = "group-item";
    /** Time enough for both orders to be read, and short enough to wait for. */
    private static final Duration OPEN = Duration.ofSeconds(12);

    private final DemoDoors doors;
    private final Path home;
    private final DemoKeys keys;
    private final DemoClient operator;
    private final Map<Partner, DemoClient> clients;
    private final DemoInterchange x12;
    private final DemoEdifact edifact;
    private final int firstControl;
    private final DemoTrade.Group trade;
    private final PrintStream out;
    private final DemoTable table;
    private final List<String[]> steps = new ArrayList<>();

    GroupOrderPlay(
            DemoDoors doors,
            Path home,
            DemoKeys keys,
            DemoClient operator,
            Map<Partner, DemoClient> clients,
            LocalDate today,
            int firstControl,
            DemoTrade.Group trade,
            PrintStream out) {
        this.doors = doors;
        this.home = home;
        this.keys = keys;
        this.operator = operator;
        this.clients = clients;
        this.x12 = new DemoInterchange(today);
        this.edifact = new DemoEdifact(today);
        this.firstControl = firstControl;
        this.trade = trade;
        this.out = out;
        this.table = new DemoTable(out);
    }

    /** Plays it to the credit note. */
    void play() {
        String id = opened();
        hotelOrders();
        casaOrders();
        JsonNode groupOrder = DemoAnswers.until(
                operator,
                "/group-orders/" + id,
                order -> order.get("state").asText().equals("closed"));
        String number = groupOrder.get("order").asText();
        supplierFetches(number);
        supplierAnswers(number);
        JsonNode ordered = DemoAnswers.until(
                operator,
                "/group-orders/" + id,
                order -> order.get("state").asText().equals("ordered"));
        supplierInvoices(number);
        out.println();
        out.println("The members buy together: group order " + number);
        table.print(new String[] {"who", "sends", "by", "answer", "acknowledgment or document"}, steps);
        printConfirmed(ordered);
        printAllocation(id, groupOrder);
    }

    /** The operator says what the item is called, who buys together and what the supplier agreed to; then members may order. */
    private String opened() {
        post("/catalogue/items", "demo-item", """
                {"id":"%s","name":"%s","baseUnit":"EA","codes":[
                  {"party":"%s","code":"%s","unit":"%s","pack":"%d"},
                  {"party":"%s","code":"HM-77","unit":"%s","pack":"%d"},
                  {"party":"%s","code":"CL-4711","unit":"EA","pack":"1"}]}""".formatted(
                        ITEM,
                        trade.description(),
                        Partner.VALLE.id,
                        trade.item(),
                        trade.unit(),
                        trade.pack(),
                        Partner.HOTEL.id,
                        trade.unit(),
                        trade.pack(),
                        Partner.CASA.id));
        post("/consortia", "demo-consortium", """
                {"id":"%s","name":"Costa Compras","operator":"%s",
                 "members":[{"party":"%s","location":"MIRAMAR"},{"party":"%s","location":"LUCIA"}]}""".formatted(
                        CONSORTIUM, Partner.COMPRAS.id, Partner.HOTEL.id, Partner.CASA.id));
        List<String> tiers = trade.tiers().stream()
                .map(tier -> "{\"from\":\"%d\",\"price\":\"%s\"}".formatted(tier.from(), tier.price()))
                .toList();
        String agreement = post("/consortia/%s/supply-agreements".formatted(CONSORTIUM), "demo-supply", """
                {"supplier":"%s","currency":"EUR","validFrom":"2020-01-01","items":[{"item":"%s","tiers":[%s]}]}""".formatted(
                                Partner.VALLE.id, ITEM, String.join(",", tiers)))
                .get("id")
                .asText();
        return post(
                        "/consortia/%s/group-orders".formatted(CONSORTIUM),
                        "demo-group-order",
                        "{\"agreement\":\"%s\",\"deadline\":\"%s\"}"
                                .formatted(agreement, Instant.now().plus(OPEN)))
                .get("id")
                .asText();
    }

    private void hotelOrders() {
        As2Correspondent hotel = keys.hotel(DemoClient.trusting(doors.fingerprint()));
        String order = x12.memberOrder(
                Partner.HOTEL,
                firstControl,
                "HM-G-" + firstControl,
                "HM-77",
                trade.hotelPacks(),
                trade.unit(),
                trade.tiers().get(0).price());
        As2Correspondent.Reply mdn = hotel.send(
                doors.https().resolve("/as2"),
                "LONJA",
                text(home.resolve("keys/as2-lonja.certificate.pem")),
                "<hm-%d@hotel-miramar>".formatted(firstControl),
                "application/edi-x12",
                order.getBytes(StandardCharsets.ISO_8859_1));
        if (!mdn.received()) {
            throw new IllegalStateException("The hub's MDN is no receipt: " + mdn);
        }
        JsonNode receipt = newest(Partner.HOTEL);
        steps.add(new String[] {
            Partner.HOTEL.title,
            "order HM-G-" + firstControl,
            "AS2, signed and encrypted",
            "MDN " + mdn.disposition() + ", signed, MIC fits",
            DemoAnswers.acknowledgment(client(Partner.HOTEL), receipt.get("id").asText())
        });
    }

    private void casaOrders() {
        int control = firstControl + 1;
        String orders = edifact.orders(
                Partner.CASA,
                control,
                "CL-G-" + control,
                "CL-4711",
                trade.casaPieces(),
                "EA",
                trade.tiers()
                        .get(0)
                        .price()
                        .divide(BigDecimal.valueOf(trade.pack()), 4, java.math.RoundingMode.HALF_UP));
        try (DemoDropBox dropBox = DemoDropBox.login(doors.sftpPort(), doors.hostKey(), Partner.CASA.id, keys.casa())) {
            dropBox.put("orders-%d.edi".formatted(control), orders);
            String contrl = until(dropBox, file -> file.contains("+" + control + "+") && file.contains("UCI+"));
            steps.add(new String[] {
                Partner.CASA.title,
                "order CL-G-%d, in pieces".formatted(control),
                "SFTP, EDIFACT",
                "closed, taken",
                DemoAnswers.segments(contrl, "UCI", "UCM", "UCS", "UCD")
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The drop-box broke off", e);
        }
        newest(Partner.CASA);
    }

    private void supplierFetches(String number) {
        DemoClient valle = client(Partner.VALLE);
        JsonNode deliveries = DemoAnswers.until(
                valle,
                "/deliveries?limit=500",
                page -> delivery(page, "850", valle, number).isPresent());
        DemoDelivery order = delivery(deliveries, "850", valle, number).orElseThrow();
        DemoAnswers.expect(200, valle.post("/deliveries/" + order.id + "/received", "demo-received-" + order.id, "{}"));
        steps.add(new String[] {
            "the hub",
            "order " + number + " to " + Partner.VALLE.title,
            "HTTPS, X12, fetched",
            "confirmed, delivery " + order.id,
            DemoAnswers.segments(order.text, "PO1", "SDQ")
        });
    }

    private record DemoDelivery(String id, String text) {}

    private static Optional<DemoDelivery> delivery(JsonNode page, String kind, DemoClient client, String number) {
        for (JsonNode delivery : page.get("items")) {
            if (delivery.get("kind").asText().equals(kind)) {
                String id = delivery.get("id").asText();
                String text = client.get("/deliveries/" + id + "/payload").text();
                if (text.contains("*" + number + "*")) {
                    return Optional.of(new DemoDelivery(id, text));
                }
            }
        }
        return Optional.empty();
    }

    private DemoTrade.Line line() {
        return new DemoTrade.Line(trade.item(), trade.description(), trade.packs(), trade.unit(), trade.price());
    }

    private void supplierAnswers(String number) {
        int control = firstControl + 4;
        String response = "VF-R-" + control;
        send(
                Partner.VALLE,
                "response " + response,
                "HTTPS, X12",
                x12.response(Partner.COMPRAS, control, response, number, line()));
    }

    private void supplierInvoices(String number) {
        int control = firstControl + 2;
        String invoice = "VF-G-" + control;
        DemoTrade.Line line = line();
        send(
                Partner.VALLE,
                "invoice " + invoice,
                "HTTPS, X12",
                x12.invoice(
                        Partner.COMPRAS,
                        control,
                        invoice,
                        number,
                        List.of(line),
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO));
        send(
                Partner.VALLE,
                "credit note VF-GC-" + control,
                "HTTPS, EDIFACT",
                edifact.credit(
                        Partner.VALLE,
                        control + 1,
                        "VF-GC-" + control,
                        invoice,
                        number,
                        trade.item(),
                        trade.returnedPacks(),
                        trade.unit(),
                        trade.price()));
    }

    private void send(Partner who, String what, String by, String interchange) {
        DemoClient client = client(who);
        DemoClient.Answer answer = client.send(interchange, null);
        String id = DemoAnswers.expect(202, answer).get("id").asText();
        DemoAnswers.settled(client, id);
        steps.add(new String[] {who.title, what, by, "202, receipt " + id, DemoAnswers.acknowledgment(client, id)});
    }

    private void printConfirmed(JsonNode groupOrder) {
        JsonNode response = groupOrder.at("/responses/0");
        out.printf(
                "  Group order %s is %s: %s answers \"%s\", because of %s%n",
                groupOrder.get("order").asText(),
                groupOrder.get("state").asText(),
                Partner.VALLE.title,
                response.get("answer").asText(),
                DemoAnswers.because(response.get("because")));
        List<String[]> confirmed = new ArrayList<>();
        for (JsonNode line : response.get("lines")) {
            for (JsonNode part : line.get("parts")) {
                confirmed.add(new String[] {
                    part.get("member").asText(),
                    line.get("name").asText(),
                    part.get("quantity").asText() + " " + line.get("unit").asText(),
                    line.get("price").asText()
                });
            }
        }
        table.print(new String[] {"member", "item", "confirmed", "at"}, confirmed);
    }

    private void printAllocation(String id, JsonNode groupOrder) {
        JsonNode item = groupOrder.at("/items/0");
        out.printf(
                "  %s: all together ask for %s %s, so each costs %s EUR instead of %s%n",
                item.get("name").asText(),
                item.get("pooled").asText(),
                item.get("unit").asText(),
                item.get("price").asText(),
                trade.tiers().get(0).price());
        List<String[]> rows = new ArrayList<>();
        JsonNode allocation = DemoAnswers.expect(200, operator.get("/group-orders/" + id + "/allocation"));
        for (JsonNode part : allocation.get("items")) {
            rows.add(new String[] {
                part.get("member").asText(),
                part.get("asked").asText(),
                part.get("granted").asText(),
                DemoAnswers.money(part.get("net")),
                part.get("reason").asText()
            });
        }
        table.print(new String[] {"member", "asked", "gets", "for", "why"}, rows);
        out.println("  What of the supplier's documents is whose, and what it saved against its own last price");
        List<String[]> shares = new ArrayList<>();
        for (JsonNode share : allocation.get("shares")) {
            JsonNode saving = share.at("/lines/0/saving");
            shares.add(new String[] {
                share.get("member").asText(),
                share.get("type").asText() + " " + share.get("document").asText(),
                DemoAnswers.money(share.get("payable")),
                saving.isMissingNode() ? "-" : DemoAnswers.money(saving.get("amount")),
                saving.isMissingNode() ? "-" : DemoAnswers.because(saving.get("because"))
            });
        }
        table.print(new String[] {"member", "of", "share", "saving", "last bought by"}, shares);
    }

    /** The partner's newest receipt, once the hub has come to an end with it. */
    private JsonNode newest(Partner partner) {
        JsonNode newest = DemoAnswers.expect(200, client(partner).get("/interchanges?limit=1"))
                .at("/items/0");
        return DemoAnswers.settled(client(partner), newest.get("id").asText());
    }

    private static String until(DemoDropBox dropBox, java.util.function.Predicate<String> wanted) {
        Instant deadline = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(deadline)) {
            for (String file : dropBox.fetch()) {
                if (wanted.test(file)) {
                    return file;
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        throw new IllegalStateException("Nothing came to the outbox; the hub's log says why");
    }

    private JsonNode post(String path, String key, String json) {
        return DemoAnswers.expect(201, operator.post(path, key, json));
    }

    private DemoClient client(Partner partner) {
        DemoClient client = clients.get(partner);
        if (client == null) {
            throw new IllegalStateException(partner.title + " has no credentials yet");
        }
        return client;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
