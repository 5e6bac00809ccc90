package io.lonja.acceptance;

import static org.citrusframework.container.RepeatOnErrorUntilTrue.Builder.repeatOnError;
import static org.citrusframework.dsl.MessageSupport.MessageBodySupport.fromBody;
import static org.citrusframework.http.actions.HttpActionBuilder.http;
import static org.citrusframework.validation.json.JsonPathMessageValidationContext.Builder.jsonPath;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.force.ApiClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.citrusframework.TestActionRunner;
import org.citrusframework.annotations.CitrusResource;
import org.citrusframework.annotations.CitrusTest;
import org.citrusframework.http.client.HttpClient;
import org.citrusframework.http.client.HttpClientBuilder;
import org.citrusframework.junit.jupiter.CitrusSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/** What a member and a supplier see of the hub over HTTPS, in the order in which they would see it. */
@CitrusSupport
class OrderToCommissionIT {

    @TempDir
    static Path home;

    private static RunningHub hub;
    private static HttpClient https;
    private static ApiClient operator;
    private static String memberToken;
    private static String supplierToken;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(home);
        operator = ApiClient.operator(hub.http(), home);
        operator.post("/commissions/agreements", "agreement", """
                {"supplier":"valle-foods","rate":"2.00","shareBack":"35","validFrom":"2026-01-01"}""");
        memberToken = token("hotel-miramar");
        supplierToken = token("valle-foods");
        https = new HttpClientBuilder()
                .requestUrl(hub.https().toString())
                .requestFactory(new HttpComponentsClientHttpRequestFactory(HttpClients.custom()
                        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                                        HubCertificate.pinned(hub.fingerprint()), NoopHostnameVerifier.INSTANCE))
                                .build())
                        .build()))
                .build();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    @CitrusTest
    void anOrderAndItsInvoiceBecomeCommission(@CitrusResource TestActionRunner partners) throws Exception {
        send(partners, memberToken, "order", sample("x12-850-order.edi"), HttpStatus.ACCEPTED);
        settled(partners, memberToken, "applied");
        partners.run(http().client(https)
                .send()
                .get("/api/v1/documents")
                .message()
                .queryParam("number", "HM-1001")
                .header("Authorization", "Bearer " + memberToken));
        partners.run(http().client(https)
                .receive()
                .response(HttpStatus.OK)
                .message()
                .validate(jsonPath()
                        .expression("$.items[0].type", "purchase-order")
                        .expression("$.items[0].total.amount", "199.50")
                        .expression("$.items[0].counterparty", "valle-foods")));

        send(partners, supplierToken, "invoice", sample("x12-810-invoice.edi"), HttpStatus.ACCEPTED);
        settled(partners, supplierToken, "applied");
        partners.run(http().client(https)
                .send()
                .get("/api/v1/ledger/accounts")
                .message()
                .header("Authorization", "Bearer " + supplierToken));
        partners.run(http().client(https)
                .receive()
                .response(HttpStatus.OK)
                .message()
                .validate(jsonPath()
                        .expression("$.items[0].account", "supplier:valle-foods:commission-receivable")
                        .expression("$.items[0].debits.amount", "3.99")));
    }

    @Test
    @CitrusTest
    void aFaultyOrderIsRefusedByA997ThatSaysWhere(@CitrusResource TestActionRunner partners) throws Exception {
        send(partners, memberToken, "faulty", sample("x12-850-without-number.edi"), HttpStatus.ACCEPTED);
        settled(partners, memberToken, "refused");
        partners.run(http().client(https)
                .send()
                .get("/api/v1/interchanges/${receipt}")
                .message()
                .header("Authorization", "Bearer " + memberToken));
        partners.run(http().client(https)
                .receive()
                .response(HttpStatus.OK)
                .message()
                .validate(jsonPath()
                        .expression("$.transactionSets[0].verdict", "refused")
                        .expression("$.transactionSets[0].errors[0].segmentId", "BEG")
                        .expression("$.transactionSets[0].errors[0].element", 3)));
    }

    @Test
    @CitrusTest
    void nobodySeesWhatIsNotTheirs(@CitrusResource TestActionRunner partners) throws Exception {
        send(partners, memberToken, "private", sample("x12-850-private.edi"), HttpStatus.ACCEPTED);
        partners.run(http().client(https)
                .send()
                .get("/api/v1/interchanges/${receipt}")
                .message()
                .header("Authorization", "Bearer " + supplierToken));
        partners.run(
                http().client(https).receive().response(HttpStatus.NOT_FOUND).message());
        partners.run(http().client(https)
                .send()
                .get("/api/v1/interchanges/${receipt}")
                .message());
        partners.run(
                http().client(https).receive().response(HttpStatus.UNAUTHORIZED).message());
    }

    private static void send(TestActionRunner partners, String token, String key, String edi, HttpStatus expected) {
        partners.run(http().client(https)
                .send()
                .post("/api/v1/interchanges")
                .message()
                .contentType("application/EDI-X12")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", key)
                .body(edi));
        partners.run(http().client(https)
                .receive()
                .response(expected)
                .message()
                .validate(jsonPath().expression("$.status", "received"))
                .extract(fromBody().expression("$.id", "receipt")));
    }

    private static void settled(TestActionRunner partners, String token, String status) {
        partners.run(repeatOnError()
                .until((index, context) -> index > 100)
                .autoSleep(100)
                .actions(
                        http().client(https)
                                .send()
                                .get("/api/v1/interchanges/${receipt}")
                                .message()
                                .header("Authorization", "Bearer " + token),
                        http().client(https)
                                .receive()
                                .response(HttpStatus.OK)
                                .message()
                                .validate(jsonPath().expression("$.status", status))));
    }

    private static String token(String party) throws Exception {
        JsonNode client = operator.post("/clients", "client-" + party, "{\"party\":\"%s\"}".formatted(party));
        return ApiClient.token(
                hub.http(),
                client.get("clientId").asText(),
                client.get("clientSecret").asText());
    }

    private static String sample(String name) throws Exception {
        return Files.readString(Path.of("src/test/resources/acceptance", name), StandardCharsets.ISO_8859_1);
    }
}
