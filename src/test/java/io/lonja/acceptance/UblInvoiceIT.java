package io.lonja.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.force.ApiClient;
import io.lonja.force.HubProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A supplier sends its invoices as XML over HTTPS, and its buyers get them in the guides that they speak. */
class UblInvoiceIT {

    private static final Path SAMPLES = Path.of("schemas/ubl-2.1-invoice/samples");

    private static final String OLIVARES = """
            name: Olivares del Sur
            roles: [supplier]
            identities: { gln: "8412345200017", edifact: "14/8412345200017" }
            channels: { https: {} }
            currency: EUR
            agreements:
              - { document: invoice, direction: inbound, guide: ubl-2.1-invoice, route: both }
              - { document: credit-note, direction: inbound, guide: ubl-2.1-invoice }
            """;
    private static final String LUCIA = """
            name: Casa Lucia
            roles: [member]
            identities: { gln: "8412345100058", edifact: "14/8412345100058" }
            channels: { https: {} }
            currency: EUR
            agreements:
              - { document: invoice, direction: outbound, guide: edifact-d01b-invoic }
            """;
    private static final String MIRAMAR = """
            name: Posada Miramar
            roles: [member]
            identities: { gln: "8412345100010", x12: "ZZ/MIRAMAR" }
            channels: { https: {} }
            currency: EUR
            agreements:
              - { document: invoice, direction: outbound, guide: ubl-2.1-invoice }
            """;

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static ApiClient operator;
    private static String token;
    private static HttpClient https;

    @BeforeAll
    static void start() throws Exception {
        Path config = HubProcess.configuration(
                folder.resolve("config"), Map.of("olivares", OLIVARES, "lucia", LUCIA, "miramar", MIRAMAR));
        hub = RunningHub.start(folder.resolve("home"), "--lonja.config=" + config, "--lonja.partners.also=");
        operator = ApiClient.operator(hub.http(), hub.home());
        JsonNode client = operator.post("/clients", "client-olivares", "{\"party\":\"olivares\"}");
        token = ApiClient.token(
                hub.http(),
                client.get("clientId").asText(),
                client.get("clientSecret").asText());
        https = HubCertificate.client(hub.fingerprint());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void anInvoiceInXmlTakesEffectAndArrivesAsAnInvoic() throws Exception {
        byte[] invoice = sample("equivalence-surcharge");
        String receipt = send("surcharge", invoice, 202);
        JsonNode read = settled(receipt, "applied");
        assertThat(read.get("standard").asText()).isEqualTo("UBL");
        assertThat(read.get("controlNumber").asText()).isEqualTo("OS-7001");
        assertThat(read.get("acknowledgments")).isEmpty();
        assertThat(read.at("/transactionSets/0/type").asText()).isEqualTo("Invoice");
        assertThat(operator.bytes("/interchanges/%s/payload".formatted(receipt)))
                .isEqualTo(invoice);

        JsonNode document = operator.get(
                "/documents/" + read.at("/transactionSets/0/document").asText());
        assertThat(document.get("guide").asText()).isEqualTo("ubl-2.1-invoice");
        assertThat(document.get("partner").asText()).isEqualTo("olivares");
        assertThat(document.get("counterparty").asText()).isEqualTo("lucia");
        assertThat(document.at("/total/amount").asText()).isEqualTo("607.81");
        int from = document.at("/content/lines/1/wire/from").asInt();
        int to = document.at("/content/lines/1/wire/to").asInt();
        assertThat(new String(invoice, from, to - from, StandardCharsets.UTF_8))
                .startsWith("<cac:InvoiceLine>")
                .contains("Paper napkins, pack of 50")
                .endsWith("</cac:InvoiceLine>");
        assertThat(operator.get("/accounts/lucia/history").toString()).contains("OS-7001");

        String delivery = sent("OS-7001");
        assertThat(new String(
                        operator.bytes("/deliveries/%s/payload".formatted(delivery)), StandardCharsets.ISO_8859_1))
                .contains(
                        "INVOIC:D:01B:UN:EAN011",
                        "BGM+380+OS-7001+9'",
                        "RFF+ON:CL-26-0320:2'",
                        "QTY+47:10:CS'",
                        "TAX+7+RE+++:::5.2+S'",
                        "MOA+77:607.81'");
    }

    @Test
    void itArrivesAsXmlWhereThatIsAgreed() throws Exception {
        settled(send("reverse", sample("reverse-charge"), 202), "applied");
        String delivery = sent("OS-7003");
        String xml = new String(operator.bytes("/deliveries/%s/payload".formatted(delivery)), StandardCharsets.UTF_8);
        assertThat(xml)
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
                .contains(
                        "<cbc:InvoicedQuantity unitCode=\"KGM\">1000</cbc:InvoicedQuantity>",
                        "<cbc:TaxExemptionReasonCode>VATEX-EU-AE</cbc:TaxExemptionReasonCode>",
                        "<cbc:PayableAmount currencyID=\"EUR\">199.44</cbc:PayableAmount>");
        assertThat(operator.get("/deliveries/" + delivery)
                        .at("/acknowledgment/status")
                        .asText())
                .as("nothing is ever said about XML")
                .isNotEqualTo("expected");
    }

    @Test
    void theSameAgainCountsOnceAndOtherContentUnderTheNumberIsHeld() throws Exception {
        String credit = new String(sample("credit-note"), StandardCharsets.UTF_8).replace("OS-A-031", "OS-A-099");
        settled(send("credit", credit.getBytes(StandardCharsets.UTF_8), 202), "applied");
        JsonNode again =
                settled(send("credit-again", (credit + "\n").getBytes(StandardCharsets.UTF_8), 202), "applied");
        assertThat(operator.all("/documents?number=OS-A-099"))
                .filteredOn(document -> document.get("status").asText().equals("booked"))
                .hasSize(1);
        assertThat(again.get("standard").asText()).isEqualTo("UBL");
        String other = credit.replace("Kitchen paper", "Toilet paper");
        settled(send("credit-other", other.getBytes(StandardCharsets.UTF_8), 202), "held");
    }

    @Test
    void aDocumentTypeIsRefusedAndKeptAndAnAlarmTellsIt() throws Exception {
        byte[] attack = sample("document-type");
        String receipt = send("doctype", attack, 202);
        JsonNode refused = settled(receipt, "refused");
        assertThat(refused.at("/errors/0/code").asText()).isEqualTo("xml-doctype-refused");
        assertThat(refused.at("/errors/0/message").asText()).startsWith("The document has a document type (DOCTYPE)");
        assertThat(refused.get("acknowledgments")).isEmpty();
        assertThat(operator.bytes("/interchanges/%s/payload".formatted(receipt)))
                .isEqualTo(attack);
        assertThat(open()).contains("xml-refused:" + receipt);
    }

    @Test
    void whatTheCoreMissesIsRefusedWithThePathOfTheElement() throws Exception {
        String receipt = send("no-date", sample("missing-issue-date"), 202);
        JsonNode refused = settled(receipt, "refused");
        assertThat(refused.at("/transactionSets/0/errors/0/segmentId").asText()).isEqualTo("Invoice/IssueDate");
        assertThat(refused.at("/transactionSets/0/errors/0/message").asText())
                .isEqualTo("Invoice/IssueDate (BT-2, issue date) is missing; send it.");
        assertThat(open()).contains("xml-refused:" + receipt);
    }

    @Test
    void aDryRunSaysTheSameAndKeepsNothing() throws Exception {
        HttpResponse<String> answer = post("dry", sample("canary-islands"), "?dry_run=true");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("OS-7005", "igic");
        assertThat(operator.all("/documents?number=OS-7005")).isEmpty();
    }

    private static byte[] sample(String name) throws Exception {
        return Files.readAllBytes(SAMPLES.resolve(name + ".xml"));
    }

    private static String sent(String number) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            JsonNode document =
                                    operator.get("/documents?number=" + number).at("/items/0/id");
                            return operator.get("/documents/" + document.asText())
                                    .at("/sent/0/delivery")
                                    .asText();
                        },
                        found -> !found.isEmpty());
    }

    private static List<String> open() throws Exception {
        List<String> causes = new ArrayList<>();
        operator.all("/alarms").forEach(alarm -> {
            if (alarm.get("status").asText().equals("open")) {
                causes.add(alarm.get("cause").asText());
            }
        });
        return causes;
    }

    private static String send(String key, byte[] xml, int status) throws Exception {
        HttpResponse<String> answer = post(key, xml, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body()).get("id").asText();
    }

    private static HttpResponse<String> post(String key, byte[] xml, String query) throws Exception {
        return https.send(
                HttpRequest.newBuilder(hub.https().resolve("/api/v1/interchanges" + query))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + token)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/xml")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(xml))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode settled(String receipt, String status) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> operator.get("/interchanges/" + receipt),
                        found -> found.get("status").asText().equals(status));
    }
}
