package io.lonja.portal.api;

import static io.lonja.portal.api.Browserless.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.lonja.acceptance.RunningHub;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotationUtils;

class ContractIT {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static RunningHub hub;
    private static JsonNode contract;
    private static Browserless operator;
    private static Browserless hotel;
    private static Browserless valle;
    private static Browserless lucia;

    /** Hotel Miramar orders, Valle Foods invoices and owes commission; Casa Lucía has nothing to do with it. */
    @BeforeAll
    static void trade() throws Exception {
        contract = YAML.readTree(Files.readAllBytes(java.nio.file.Path.of("schemas/portal/openapi.yaml")));
        hub = RunningHub.shared();
        operator = Browserless.operator(hub);
        hotel = operator.member("hotel-miramar");
        valle = operator.member("valle-foods");
        lucia = operator.member("casa-lucia");
        agreed(
                operator,
                "POST",
                "/commissions/agreements",
                "{\"supplier\":\"valle-foods\",\"rate\":\"2.00\",\"shareBack\":\"35\",\"validFrom\":\"2026-01-01\"}",
                201);
        send(hotel, Orders.order());
        send(valle, Orders.invoice());
        agreed(
                operator,
                "POST",
                "/commissions/statements",
                "{\"supplier\":\"valle-foods\",\"period\":\"2026-11\"}",
                201);
        poolOrders();
    }

    /** Hotel Miramar buys in a group order of its own consortium. */
    private static void poolOrders() throws Exception {
        agreed(operator, "POST", "/catalogue/items", """
                {"id":"contract-oil","name":"Olive oil","baseUnit":"EA","codes":[
                  {"party":"valle-foods","code":"CONTRACT-OIL","unit":"CA","pack":"12"}]}""", 201);
        agreed(operator, "POST", "/consortia", """
                {"id":"hotels","name":"Hotels together","operator":"lonja-compras",
                 "members":[{"party":"hotel-miramar","location":"MIRAMAR"}]}""", 201);
        String agreement = json(agreed(operator, "POST", "/consortia/hotels/supply-agreements", """
                        {"supplier":"valle-foods","currency":"EUR","validFrom":"2026-01-01","items":[
                          {"item":"contract-oil","maximum":"90","tiers":[{"from":"1","price":"40.00"},{"from":"10","price":"36.5"}]}]}""", 201))
                .get("id")
                .asText();
        String groupOrder = json(agreed(
                        operator,
                        "POST",
                        "/consortia/hotels/group-orders",
                        "{\"agreement\":\"%s\",\"deadline\":\"%s\"}"
                                .formatted(agreement, Instant.now().plusSeconds(3)),
                        201))
                .get("id")
                .asText();
        agreed(
                hotel,
                "POST",
                "/group-orders/" + groupOrder + "/pledges",
                "{\"item\":\"contract-oil\",\"quantity\":\"12\"}",
                201);
        agreed(lucia, "POST", "/group-orders/" + groupOrder + "/pledges", "{\"item\":\"contract-oil\"}", 404);
        agreed(operator, "GET", "/group-orders/" + groupOrder, 200);
        await().atMost(PATIENCE)
                .until(() -> json(hotel.get("/group-orders/" + groupOrder))
                        .get("state")
                        .asText()
                        .equals("closed"));
    }

    private static void send(Browserless sender, byte[] interchange) throws Exception {
        String id = json(agreed(sender, "POST", "/interchanges", interchange, 202))
                .get("id")
                .asText();
        await().atMost(PATIENCE)
                .until(() -> json(sender.get("/interchanges/" + id))
                        .get("status")
                        .asText()
                        .equals("applied"));
    }

    @Test
    void whatIsServedIsTheContractInTheTree() throws Exception {
        assertThat(Browserless.anonymous(hub.http()).get("/openapi.yaml").body())
                .isEqualTo(Files.readAllBytes(java.nio.file.Path.of("schemas/portal/openapi.yaml")));
    }

    @Test
    void everyOperationIsInTheContractAndEveryOperationOfTheContractIsServed() {
        assertThat(served()).isEqualTo(promised());
    }

    private Set<String> promised() {
        Set<String> operations = new TreeSet<>();
        contract.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    private Set<String> served() {
        Set<String> operations = new TreeSet<>();
        for (Object resource : hub.context().getBeansWithAnnotation(Path.class).values()) {
            Class<?> type = AopUtils.getTargetClass(resource);
            for (Method method : type.getMethods()) {
                for (Annotation annotation : method.getAnnotations()) {
                    HttpMethod verb = AnnotationUtils.findAnnotation(annotation.annotationType(), HttpMethod.class);
                    if (verb != null) {
                        Path path = method.getAnnotation(Path.class);
                        operations.add(verb.value() + " "
                                + type.getAnnotation(Path.class).value() + (path == null ? "" : path.value()));
                    }
                }
            }
        }
        return operations;
    }

    @Test
    void answersHaveTheShapeOfTheContract() throws Exception {
        String id = json(agreed(lucia, "POST", "/interchanges", Orders.faulty(901), 202))
                .get("id")
                .asText();
        agreed(lucia, "POST", "/interchanges", Orders.faulty(901), 200);
        agreed(lucia, "POST", "/interchanges", new byte[0], 422);
        agreed(lucia, "POST", "/interchanges?dry_run=true", Orders.faulty(902), 200);
        agreed(lucia, "GET", "/interchanges/" + id, 200);
        agreed(lucia, "GET", "/interchanges", 200);
        agreed(operator, "GET", "/interchanges?partner=casa-lucia&limit=1", 200);
        agreed(operator, "GET", "/interchanges/nothing", 404);
        agreed(operator, "GET", "/deliveries", 200);
        agreed(operator, "GET", "/acknowledgments", 200);
        agreed(lucia, "GET", "/acknowledgments?status=expected", 200);
        agreed(lucia, "GET", "/acknowledgments?status=late", 400);
        agreed(operator, "GET", "/documents", 200);
        agreed(operator, "GET", "/order-lines", 200);
        agreed(hotel, "GET", "/order-lines?status=overdue&on=2030-01-01", 200);
        agreed(hotel, "GET", "/order-lines?status=late", 400);
        agreed(operator, "GET", "/cases", 200);
        agreed(hotel, "GET", "/cases?status=gone", 400);
        agreed(operator, "POST", "/cases/9999-0-0/close", "{\"reason\":\"None\"}", 404);
        agreed(hotel, "POST", "/cases/9999-0-0/close", "{\"reason\":\"None\"}", 403);
        agreed(operator, "POST", "/documents/9999-0/release", "{\"reason\":\"None\"}", 404);
        agreed(operator, "GET", "/partners", 200);
        agreed(lucia, "GET", "/partners/casa-lucia", 200);
        agreed(operator, "GET", "/alarms", 200);
        agreed(operator, "GET", "/clients", 200);
        agreed(lucia, "GET", "/clients", 403);
        agreed(operator, "GET", "/accounts", 200);
        agreed(operator, "GET", "/opportunities", 200);
        agreed(operator, "GET", "/commissions/agreements", 200);
        agreed(operator, "GET", "/commissions/statements", 200);
        agreed(operator, "GET", "/catalogue/items", 200);
        agreed(operator, "GET", "/consortia", 200);
        agreed(hotel, "GET", "/consortia", 200);
        agreed(operator, "GET", "/consortia/hotels/supply-agreements", 200);
        agreed(operator, "GET", "/consortia/food-of-nobody/supply-agreements", 404);
        agreed(operator, "POST", "/consortia", "{\"id\":\"x\",\"name\":\"X\",\"operator\":\"valle-foods\"}", 422);
        agreed(operator, "POST", "/catalogue/items", "{\"id\":\"X\"}", 422);
        agreed(operator, "GET", "/ledger/accounts", 200);
        agreed(operator, "GET", "/ledger/entries", 200);
        agreed(operator, "GET", "/ledger/trial-balance", 200);
    }

    @Test
    void whatIsHeldIsMappedAgainForAnOperatorWithAReason() throws Exception {
        byte[] order = new String(Orders.order(), StandardCharsets.ISO_8859_1)
                .replace("*ZZ*VALLEFOODS     *", "*ZZ*LONJA          *")
                .replace("*92*VALLEFOODS~", "*92*NOBODY~")
                .replace("HM-1001", "HM-1009")
                .replace("000000101", "000000109")
                .getBytes(StandardCharsets.ISO_8859_1);
        String id = json(agreed(hotel, "POST", "/interchanges", order, 202))
                .get("id")
                .asText();
        await().atMost(PATIENCE)
                .until(() -> json(hotel.get("/interchanges/" + id))
                        .get("status")
                        .asText()
                        .equals("held"));
        String path = "/interchanges/" + id + "/replay";
        String reason = "{\"reason\":\"the profile of the seller is mended\"}";
        agreed(hotel, "POST", path, reason, 403);
        agreed(operator, "POST", path, "{}", 422);
        agreed(operator, "POST", path + "?dry_run=true", reason, 400);
        agreed(operator, "POST", "/interchanges/nothing/replay", reason, 404);
        assertThat(json(agreed(operator, "POST", path, reason, 202))
                        .get("documents")
                        .get(0)
                        .asText())
                .isEqualTo(id + "-0");
        assertThat(json(hotel.get("/interchanges/" + id)).get("timeline").toString())
                .contains("what was held of it was made documents of again");

        String booked = first(hotel, "/interchanges?status=applied");
        agreed(operator, "POST", "/interchanges/" + booked + "/replay", reason, 409);
    }

    @Test
    void whatATradeBecameHasTheShapeOfTheContract() throws Exception {
        for (String path : resources()) {
            if (!path.endsWith("/payload") && !path.endsWith("/bundle") && !path.endsWith("/evidence")) {
                agreed(operator, "GET", filled(path), 200);
            }
        }
    }

    @Test
    void anotherPartysIdsAreNotThere() throws Exception {
        for (String path : resources()) {
            assertThat(operator.get(filled(path)).statusCode()).as(path).isEqualTo(200);
            assertThat(lucia.get(filled(path)).statusCode()).as(path).isEqualTo(404);
            agreed(lucia, "GET", filled(path), 404);
        }
        agreed(lucia, "POST", filled("/deliveries/{id}/received"), 404);
    }

    @Test
    void listsShowNothingOfOthers() throws Exception {
        for (var path : contract.get("paths").properties()) {
            if (path.getValue().has("get") && !path.getKey().contains("{") && !forOperators(path.getValue())) {
                assertThat(new String(lucia.get(path.getKey()).body(), StandardCharsets.UTF_8))
                        .as(path.getKey())
                        .doesNotContain("\"hotel-miramar\"", "\"valle-foods\"", "HM-1001", "VF-2001");
            }
        }
    }

    /** Every path of the contract under which one thing is shown to the party whose it is. */
    private static List<String> resources() {
        List<String> paths = new ArrayList<>();
        for (var path : contract.get("paths").properties()) {
            if (path.getValue().has("get") && path.getKey().contains("{") && !forOperators(path.getValue())) {
                paths.add(path.getKey());
            }
        }
        return paths;
    }

    private static boolean forOperators(JsonNode path) {
        return path.at("/get/description").asText().contains("`operator`");
    }

    /** The path with an id of Hotel Miramar's trade in it. */
    private static String filled(String path) throws Exception {
        String list = path.substring(0, path.indexOf("/{"));
        String id = switch (list) {
            case "/partners", "/accounts" -> "hotel-miramar";
            case "/interchanges", "/deliveries" -> first(hotel, list);
            case "/consortia" -> "hotels";
            case "/group-orders" -> first(hotel, "/consortia/hotels/group-orders");
            case "/documents", "/ledger/entries", "/commissions/statements", "/opportunities" -> first(valle, list);
            default -> throw new AssertionError("This test knows no id for " + path);
        };
        return path.replaceAll("\\{[a-z]+}", id);
    }

    private static String first(Browserless owner, String list) throws Exception {
        JsonNode items = json(owner.get(list)).get("items");
        assertThat(items).as(list).isNotEmpty();
        return items.get(0).get("id").asText();
    }

    private static void agreed(Browserless caller, String method, String path, int status) throws Exception {
        agreed(caller, method, path, new byte[0], status);
    }

    private static HttpResponse<byte[]> agreed(Browserless caller, String method, String path, String body, int status)
            throws Exception {
        return agreed(caller, method, path, body.getBytes(StandardCharsets.UTF_8), status);
    }

    /** Calls, and holds the answer against what the contract says of it. */
    private static HttpResponse<byte[]> agreed(Browserless caller, String method, String path, byte[] body, int status)
            throws Exception {
        HttpResponse<byte[]> answer = caller.send(method, path, body, "Content-Type", "application/json");
        assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(status);
        JsonNode responses = operation(method, path.replaceAll("\\?.*", "")).get("responses");
        JsonNode response = responses.has(Integer.toString(status))
                ? responses.get(Integer.toString(status))
                : contract.at("/components/responses/Problem");
        ObjectNode schema = (ObjectNode)
                response.get("content").elements().next().get("schema").deepCopy();
        schema.set("components", contract.get("components"));
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(json(answer)))
                .as("%s %s: %s", method, path, json(answer))
                .isEmpty();
        return answer;
    }

    private static JsonNode operation(String method, String path) {
        JsonNode exact = contract.get("paths").get(path);
        if (exact != null) {
            return exact.get(method.toLowerCase(Locale.ROOT));
        }
        for (var candidate : contract.get("paths").properties()) {
            String shape = candidate.getKey().replaceAll("\\{[a-z]+}", "[^/]+");
            if (Pattern.matches(shape, path)) {
                return candidate.getValue().get(method.toLowerCase(Locale.ROOT));
            }
        }
        throw new AssertionError("The contract has no " + path);
    }
}
