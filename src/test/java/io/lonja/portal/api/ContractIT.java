package io.lonja.portal.api;

import static io.lonja.portal.api.Browserless.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationUtils;

class ContractIT extends OnARunningHub {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Autowired
    private ApplicationContext hub;

    private JsonNode contract;
    private Browserless operator;

    @BeforeEach
    void read() throws Exception {
        contract = YAML.readTree(Files.readAllBytes(java.nio.file.Path.of("schemas/portal/openapi.yaml")));
        operator = Browserless.operator(port, HOME);
    }

    @Test
    void whatIsServedIsTheContractInTheTree() throws Exception {
        assertThat(Browserless.anonymous(port).get("/openapi.yaml").body())
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
        for (Object resource : hub.getBeansWithAnnotation(Path.class).values()) {
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
        Browserless lucia = operator.member("casa-lucia");
        String id = json(agreed(lucia, "POST", "/interchanges", order(901), 202))
                .get("id")
                .asText();
        agreed(lucia, "POST", "/interchanges", order(901), 200);
        agreed(lucia, "POST", "/interchanges", new byte[0], 422);
        agreed(lucia, "POST", "/interchanges?dry_run=true", order(902), 200);
        agreed(lucia, "GET", "/interchanges/" + id, 200);
        agreed(lucia, "GET", "/interchanges", 200);
        agreed(operator, "GET", "/interchanges?partner=casa-lucia&limit=1", 200);
        agreed(operator, "GET", "/interchanges/nothing", 404);
        agreed(operator, "GET", "/deliveries", 200);
        agreed(operator, "GET", "/documents", 200);
        agreed(operator, "GET", "/partners", 200);
        agreed(lucia, "GET", "/partners/casa-lucia", 200);
        agreed(operator, "GET", "/alarms", 200);
        agreed(operator, "GET", "/clients", 200);
        agreed(lucia, "GET", "/clients", 403);
        agreed(operator, "GET", "/accounts", 200);
        agreed(operator, "GET", "/opportunities", 200);
        agreed(operator, "GET", "/commissions/agreements", 200);
        agreed(operator, "GET", "/commissions/statements", 200);
        agreed(operator, "GET", "/ledger/accounts", 200);
        agreed(operator, "GET", "/ledger/entries", 200);
        agreed(operator, "GET", "/ledger/trial-balance", 200);
    }

    private void agreed(Browserless caller, String method, String path, int status) throws Exception {
        agreed(caller, method, path, new byte[0], status);
    }

    /** Calls, and holds the answer against what the contract says of it. */
    private HttpResponse<byte[]> agreed(Browserless caller, String method, String path, byte[] body, int status)
            throws Exception {
        HttpResponse<byte[]> answer = caller.send(method, path, body);
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

    private JsonNode operation(String method, String path) {
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
