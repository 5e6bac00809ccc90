package io.lonja.portal.api;

import static io.lonja.portal.api.Browserless.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.acceptance.RunningHub;
import io.lonja.document.OutgoingDocument;
import io.lonja.document.OutgoingDocuments;
import io.lonja.document.PricedDocument;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two members buy oil together: one pledges in the portal, the other sends its order as EDI. */
class GroupOrderIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningHub hub = RunningHub.shared();
    private Browserless operator;
    private Browserless lucia;
    private Browserless hotel;

    @BeforeEach
    void meet() throws Exception {
        operator = Browserless.operator(hub);
        lucia = operator.member("casa-lucia");
        hotel = operator.member("hotel-miramar");
    }

    @Test
    void aPledgeAndAnEdiOrderBecomeOneOrderWithASplitAndEachMemberSeesItsOwnPart() throws Exception {
        JsonNode groupOrder = opened("together", Duration.ofSeconds(6));
        String path = "/group-orders/" + groupOrder.get("id").asText();
        byte[] order = ediOrder(771, "LU-9001", "LU-OIL-together", 8);
        String receipt =
                json(lucia.send("POST", "/interchanges", order)).get("id").asText();
        await().atMost(PATIENCE)
                .until(() -> json(lucia.get("/interchanges/" + receipt))
                        .get("status")
                        .asText()
                        .equals("applied"));

        String pledge = "{\"item\":\"together-oil\",\"quantity\":\"7\"}";
        HttpResponse<byte[]> first = pledged(path, pledge, "pledge-1");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(pledged(path, pledge, "pledge-1").body()).isEqualTo(first.body());
        assertThat(pledged(path, pledge.replace("7", "8"), "pledge-1").statusCode())
                .isEqualTo(422);

        JsonNode item = json(hotel.get(path)).at("/items/0");
        assertThat(item.get("asked").asText()).isEqualTo("7");
        assertThat(item.get("price").asText()).isEqualTo("36.5");
        assertThat(item.has("pooled")).isFalse();
        assertThat(json(operator.get(path)).at("/items/0/pooled").asText()).isEqualTo("11");
        assertThat(json(lucia.get(path + "/pledges"))
                        .at("/items/0/because/number")
                        .asText())
                .isEqualTo("LU-9001");
        assertThat(new String(hotel.get(path + "/pledges").body(), StandardCharsets.UTF_8))
                .contains("\"7\"")
                .doesNotContain("casa-lucia", "LU-9001");

        await().atMost(PATIENCE)
                .until(() -> json(operator.get(path)).get("state").asText().equals("closed"));
        assertThat(pledged(path, pledge, "pledge-2").statusCode()).isEqualTo(409);
        assertThat(json(hotel.get(path + "/allocation"))
                        .at("/items/0/net/amount")
                        .asText())
                .isEqualTo("255.50");
        assertThat(json(operator.get(path + "/allocation")).get("items")).hasSize(2);
        OutgoingDocument issued = hub.context()
                .getBean(OutgoingDocuments.class)
                .find("group-order-" + groupOrder.get("id").asText())
                .orElseThrow();
        assertThat(issued.to().value()).isEqualTo("valle-foods");
        assertThat(((PricedDocument) issued.content()).lines().get(0).split())
                .extracting(split -> split.location() + " " + split.quantity())
                .containsExactlyInAnyOrder("LUCIA 4", "hotel-miramar 7");

        Browserless valle = operator.member("valle-foods");
        valle.send(
                "POST",
                "/interchanges",
                ediResponse(774, "VF-R-9001", issued.content().number()));
        await().atMost(PATIENCE)
                .until(() -> json(operator.get(path)).get("state").asText().equals("ordered"));
        JsonNode seenByHotel = json(hotel.get(path)).at("/responses/0/lines/0");
        assertThat(seenByHotel.get("parts")).hasSize(1);
        assertThat(seenByHotel.at("/parts/0/quantity").asText()).isEqualTo("5");
        assertThat(seenByHotel.at("/answers/0/status").asText()).isEqualTo("quantity-changed");
        assertThat(seenByHotel.has("confirmed")).isFalse();
        assertThat(new String(hotel.get(path + "/allocation").body(), StandardCharsets.UTF_8))
                .contains("VF-R-9001")
                .doesNotContain("casa-lucia");
        for (Browserless all : new Browserless[] {operator, valle}) {
            assertThat(json(all.get(path)).at("/responses/0/lines/0/confirmed").asText())
                    .isEqualTo("8");
            assertThat(json(all.get(path + "/allocation")).get("confirmed")).hasSize(2);
        }
        assertThat(json(valle.get(path + "/allocation")).get("items")).isEmpty();
        assertThat(new String(operator.get("/alarms").body(), StandardCharsets.UTF_8))
                .contains("ordered 11 CA, confirmed 8 CA (3 CA backordered)");
        assertThat(json(valle.get("/documents?type=order-response"))
                        .at("/items/0/number")
                        .asText())
                .isEqualTo("VF-R-9001");

        valle.send(
                "POST",
                "/interchanges",
                ediInvoice(773, "VF-9001", issued.content().number()));
        await().atMost(PATIENCE)
                .until(() -> json(operator.get(path)).get("state").asText().equals("invoiced"));
        JsonNode shares = json(hotel.get(path + "/allocation")).get("shares");
        assertThat(shares).hasSize(1);
        assertThat(shares.at("/0/document").asText()).isEqualTo("VF-9001");
        assertThat(shares.at("/0/payable/amount").asText()).isEqualTo("255.50");
        assertThat(shares.at("/0/lines/0/quantity").asText()).isEqualTo("7");
        assertThat(json(operator.get(path + "/allocation")).get("shares")).hasSize(2);
        assertThat(new String(hotel.get("/accounts/hotel-miramar/history").body(), StandardCharsets.UTF_8))
                .contains("VF-9001");
    }

    @Test
    void anOrderThatTheCatalogueDoesNotKnowIsShownToItsMemberAndToTheOperatorAlone() throws Exception {
        opened("puzzle", Duration.ofMinutes(10));
        lucia.send("POST", "/interchanges", ediOrder(772, "LU-9002", "WHAT-IS-THIS", 8));
        await().atMost(PATIENCE)
                .until(() -> new String(lucia.get("/consortia/puzzle").body(), StandardCharsets.UTF_8)
                        .contains("No item of the catalogue bears casa-lucia's WHAT-IS-THIS"));
        assertThat(new String(operator.get("/alarms").body(), StandardCharsets.UTF_8))
                .contains("Line 1 of order LU-9002 of casa-lucia to lonja-compras is in no group order.");
        assertThat(new String(hotel.get("/consortia/puzzle").body(), StandardCharsets.UTF_8))
                .doesNotContain("LU-9002");
    }

    @Test
    void refusesADeadlineThatPassedAndAnItemThatNobodySells() throws Exception {
        JsonNode groupOrder = opened("strict", Duration.ofMinutes(10));
        String agreement = groupOrder.get("agreement").asText();
        HttpResponse<byte[]> late = operator.post(
                "/consortia/strict/group-orders",
                "{\"agreement\":\"%s\",\"deadline\":\"2026-01-01T00:00:00Z\"}".formatted(agreement));
        assertThat(late.statusCode()).isEqualTo(422);
        HttpResponse<byte[]> twice = operator.post(
                "/consortia/strict/group-orders",
                "{\"agreement\":\"%s\",\"deadline\":\"%s\"}"
                        .formatted(agreement, Instant.now().plusSeconds(600)));
        assertThat(twice.statusCode()).isEqualTo(409);
        assertThat(json(twice).get("type").asText()).isEqualTo("urn:lonja:problem:item-in-group-order");
        HttpResponse<byte[]> unsold = operator.post(
                "/consortia/strict/supply-agreements",
                "{\"supplier\":\"valle-foods\",\"currency\":\"EUR\",\"validFrom\":\"2026-01-01\",\"items\":[{\"item\":\"nothing\",\"tiers\":[{\"from\":\"1\",\"price\":\"1\"}]}]}");
        assertThat(unsold.statusCode()).isEqualTo(422);
        assertThat(json(unsold).get("detail").asText()).contains("The catalogue has no item nothing");
    }

    private HttpResponse<byte[]> pledged(String groupOrder, String body, String key) throws Exception {
        return hotel.send(
                "POST",
                groupOrder + "/pledges",
                body.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                key);
    }

    /** A consortium of both members with one item of its own and a group order that ends after so long. */
    private JsonNode opened(String name, Duration open) throws Exception {
        done("/catalogue/items", """
                {"id":"%1$s-oil","name":"Olive oil","baseUnit":"EA","codes":[
                  {"party":"valle-foods","code":"OIL-%1$s","unit":"CA","pack":"12"},
                  {"party":"casa-lucia","code":"LU-OIL-%1$s","unit":"CA","pack":"6"}]}""".formatted(name));
        done("/consortia", """
                {"id":"%s","name":"Together","operator":"lonja-compras",
                 "members":[{"party":"casa-lucia","location":"LUCIA"},{"party":"hotel-miramar"}]}""".formatted(name));
        String agreement = done("/consortia/%s/supply-agreements".formatted(name), """
                {"supplier":"valle-foods","currency":"EUR","validFrom":"2020-01-01","items":[
                  {"item":"%s-oil","tiers":[{"from":"1","price":"40.00"},{"from":"10","price":"36.5"}]}]}""".formatted(name))
                .get("id")
                .asText();
        return done(
                "/consortia/%s/group-orders".formatted(name),
                "{\"agreement\":\"%s\",\"deadline\":\"%s\"}"
                        .formatted(agreement, Instant.now().plus(open)));
    }

    private JsonNode done(String path, String body) throws Exception {
        HttpResponse<byte[]> answer = operator.post(path, body);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return json(answer);
    }

    /** Of Casa Lucía to Lonja Compras, in its own cases. */
    private static byte[] ediOrder(int controlNumber, String number, String item, int cases) {
        return """
                ISA*00*          *00*          *ZZ*CASALUCIA      *ZZ*LONJACOMPRAS   *261121*0932*U*00401*%1$09d*0*P*>~
                GS*PO*CASALUCIA*LONJACOMPRAS*20261121*0932*%1$d*X*004010~
                ST*850*0001~
                BEG*00*SA*%2$s**20261121~
                CUR*BY*EUR~
                PO1*1*%4$d*CA*1**BP*%3$s~
                CTT*1~
                SE*6*0001~
                GE*1*%1$d~
                IEA*1*%1$09d~
                """.formatted(controlNumber, number, item, cases).getBytes(StandardCharsets.US_ASCII);
    }

    /** Of Valle Foods to Lonja Compras: eight cases come, three later. */
    private static byte[] ediResponse(int controlNumber, String number, String order) {
        return """
                ISA*00*          *00*          *ZZ*VALLEFOODS     *ZZ*LONJACOMPRAS   *261122*0900*U*00401*%1$09d*0*P*>~
                GS*PR*VALLEFOODS*LONJACOMPRAS*20261122*0900*%1$d*X*004010~
                ST*855*0001~
                BAK*00*AC*%3$s*20261121****%2$s*20261122~
                CUR*SE*EUR~
                PO1*1*11*CA*36.5**VN*OIL-together~
                SDQ*CA*92*LUCIA*3*hotel-miramar*5~
                ACK*IQ*8*CA~
                ACK*IB*3*CA~
                CTT*1~
                SE*9*0001~
                GE*1*%1$d~
                IEA*1*%1$09d~
                """.formatted(controlNumber, number, order).getBytes(StandardCharsets.US_ASCII);
    }

    /** Of Valle Foods to Lonja Compras for eleven cases; of a month that no other test here closes. */
    private static byte[] ediInvoice(int controlNumber, String number, String order) {
        return """
                ISA*00*          *00*          *ZZ*VALLEFOODS     *ZZ*LONJACOMPRAS   *261222*0900*U*00401*%1$09d*0*P*>~
                GS*IN*VALLEFOODS*LONJACOMPRAS*20261222*0900*%1$d*X*004010~
                ST*810*0001~
                BIG*20261222*%2$s**%3$s~
                CUR*SE*EUR~
                IT1*1*11*CA*36.5**VN*OIL-together~
                TDS*40150~
                CTT*1~
                SE*7*0001~
                GE*1*%1$d~
                IEA*1*%1$09d~
                """.formatted(controlNumber, number, order).getBytes(StandardCharsets.US_ASCII);
    }
}
