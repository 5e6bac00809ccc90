package io.lonja.portal.api;

import static io.lonja.portal.api.Browserless.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lonja.acceptance.RunningHub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hotel Miramar orders oil and salt, Valle Foods confirms less, invoices too much and sends the same invoice again. */
class OrderFulfilmentIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunningHub hub = RunningHub.shared();
    private Browserless operator;
    private Browserless hotel;
    private Browserless valle;
    private Browserless lucia;

    @BeforeEach
    void meet() throws Exception {
        operator = Browserless.operator(hub);
        hotel = operator.member("hotel-miramar");
        valle = operator.member("valle-foods");
        lucia = operator.member("casa-lucia");
    }

    @Test
    void anOrderIsFollowedToItsEndAndWhatDoesNotFitIsACase() throws Exception {
        sends(hotel, "applied", interchange("PO", "HOTELMIRAMAR", "VALLEFOODS", 8101, """
                        ST*850*0001~
                        BEG*00*SA*HM-F1**20260901~
                        CUR*BY*EUR~
                        N1*BY*Hotel Miramar*92*HOTELMIRAMAR~
                        N1*SE*Valle Foods*92*VALLEFOODS~
                        PO1*1*10*CA*19.95**VN*F-OIL~
                        PO1*2*6*CA*4.00**VN*F-SALT~
                        CTT*2~
                        SE*9*0001~
                        """));
        assertThat(lines(hotel, "open")).containsExactly("1 open 10", "2 open 6");
        assertThat(lines(valle, "overdue")).containsExactly("1 open 10", "2 open 6");
        assertThat(lines(lucia, "open")).isEmpty();

        sends(valle, "applied", interchange("PR", "VALLEFOODS", "HOTELMIRAMAR", 8102, """
                        ST*855*0001~
                        BAK*00*AC*HM-F1*20260901****VF-F1*20260902~
                        CUR*SE*EUR~
                        N1*BY*Hotel Miramar*92*HOTELMIRAMAR~
                        N1*SE*Valle Foods*92*VALLEFOODS~
                        PO1*1*10*CA*19.95**VN*F-OIL~
                        ACK*IQ*8*CA~
                        ACK*IR*2*CA~
                        PO1*2*6*CA*4.00**VN*F-SALT~
                        ACK*IR*6*CA~
                        CTT*2~
                        SE*12*0001~
                        """));
        assertThat(lines(hotel, "open")).containsExactly("1 open 8");
        assertThat(lines(hotel, "cancelled")).containsExactly("2 cancelled 0");

        sends(valle, "applied", invoice(8103, "VF-F2"));
        assertThat(lines(hotel, "short")).containsExactly("1 short 0");
        for (Browserless side : List.of(hotel, valle)) {
            JsonNode found = json(side.get("/cases?status=open&order=HM-F1")).get("items");
            assertThat(found).hasSize(1);
            assertThat(found.get(0).get("reason").asText()).isEqualTo("price");
            assertThat(found.get(0).get("expected").asText()).isEqualTo("19.95");
            assertThat(found.get(0).get("found").asText()).isEqualTo("20.95");
            assertThat(found.get(0).get("difference").asText()).isEqualTo("8.00");
            assertThat(found.get(0).at("/because/0/number").asText()).isEqualTo("HM-F1");
            assertThat(found.get(0).at("/because/1/number").asText()).isEqualTo("VF-F2");
        }
        assertThat(json(lucia.get("/cases?order=HM-F1")).get("items")).isEmpty();
        String price = json(hotel.get("/cases?status=open&order=HM-F1"))
                .at("/items/0/id")
                .asText();
        String close = "/cases/" + price + "/close";
        assertThat(hotel.post(close, "{\"reason\":\"Mine\"}").statusCode()).isEqualTo(403);
        assertThat(operator.post(close, "{}").statusCode()).isEqualTo(422);
        assertThat(operator.post(close, "{\"reason\":\"Agreed by telephone\"}").statusCode())
                .isEqualTo(200);
        assertThat(operator.post(close, "{\"reason\":\"Again\"}").statusCode()).isEqualTo(409);

        sends(valle, "held", invoice(8104, "VF-F3"));
        JsonNode suspected = json(valle.get("/documents?number=VF-F3")).at("/items/0");
        assertThat(suspected.get("status").asText()).isEqualTo("held");
        assertThat(suspected.at("/problems/0/code").asText()).isEqualTo("duplicate-suspected");
        assertThat(new String(operator.get("/alarms").body(), StandardCharsets.UTF_8))
                .contains("release document " + suspected.get("id").asText());

        String order = json(hotel.get("/documents?number=HM-F1&type=purchase-order"))
                .at("/items/0/id")
                .asText();
        JsonNode life = json(hotel.get("/documents/" + order + "/life")).get("documents");
        assertThat(life).extracting(told -> told.get("number").asText()).containsExactly("HM-F1", "VF-F1", "VF-F2");
        assertThat(life.get(0).at("/acknowledgments/0/kind").asText()).isEqualTo("997");
        assertThat(life.get(0).at("/sent/0/to").asText()).isEqualTo("valle-foods");
        assertThat(life.get(1).get("acknowledgments"))
                .as("the hotel does not see what the hub answered to Valle Foods")
                .isEmpty();
        assertThat(json(valle.get("/documents/" + order + "/life"))
                        .get("documents")
                        .get(1)
                        .at("/acknowledgments/0/kind")
                        .asText())
                .isEqualTo("997");
        assertThat(lucia.get("/documents/" + order + "/life").statusCode()).isEqualTo(404);

        String release = "/documents/" + suspected.get("id").asText() + "/release";
        assertThat(valle.post(release, "{\"reason\":\"Ours\"}").statusCode()).isEqualTo(403);
        assertThat(operator.post(release, "{\"reason\":\"Both are meant\"}").statusCode())
                .isEqualTo(200);
        assertThat(json(valle.get("/documents?number=VF-F3"))
                        .at("/items/0/status")
                        .asText())
                .isEqualTo("booked");
        assertThat(json(hotel.get("/cases?status=open&order=HM-F1")).get("items"))
                .as("the second eight are over the ten that were ordered, at the wrong price again")
                .extracting(found -> found.get("reason").asText())
                .containsExactlyInAnyOrder("price", "quantity-over-ordered");
    }

    /** Eight cases of oil at a euro too much. */
    private static String invoice(int control, String number) {
        return interchange("IN", "VALLEFOODS", "HOTELMIRAMAR", control, """
                ST*810*0001~
                BIG*20260910*%s*20260901*HM-F1***DI~
                CUR*SE*EUR~
                N1*BY*Hotel Miramar*92*HOTELMIRAMAR~
                N1*SE*Valle Foods*92*VALLEFOODS~
                IT1*1*8*CA*20.95**VN*F-OIL~
                TDS*16760~
                CTT*1~
                SE*9*0001~
                """.formatted(number));
    }

    private static String interchange(String group, String from, String to, int control, String set) {
        return """
                ISA*00*          *00*          *ZZ*%-15s*ZZ*%-15s*260901*0900*U*00401*%09d*0*P*>~
                GS*%s*%s*%s*20260901*0900*%d*X*004010~
                %sGE*1*%d~
                IEA*1*%09d~
                """.formatted(from, to, control, group, from, to, control, set, control, control);
    }

    private static void sends(Browserless partner, String status, String interchange) throws Exception {
        String id = json(partner.send("POST", "/interchanges", interchange.getBytes(StandardCharsets.US_ASCII)))
                .get("id")
                .asText();
        await().atMost(PATIENCE)
                .until(() -> json(partner.get("/interchanges/" + id))
                        .get("status")
                        .asText()
                        .equals(status));
    }

    private static List<String> lines(Browserless caller, String status) throws Exception {
        List<String> lines = new java.util.ArrayList<>();
        json(caller.get("/order-lines?order=HM-F1&on=2026-12-31&status=" + status))
                .get("items")
                .forEach(line -> lines.add("%s %s %s"
                        .formatted(
                                line.get("line").asText(),
                                line.get("status").asText(),
                                line.get("open").asText())));
        return lines;
    }
}
