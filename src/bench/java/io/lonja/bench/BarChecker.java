package io.lonja.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Judges a result by the bars of {@code src/bench/bars.json}. Knows only the two files: no benchmark judges itself. A
 * bar is {@code {"atLeast":…}} or {@code {"atMost":…}} on {@code "of":"ratio"} or {@code "of":"value"}.
 */
final class BarChecker {

    private BarChecker() {}

    /** Writes {@code bar} and {@code ok} into every figure; true when no figure misses its bar and none lacks one. */
    static boolean check(ObjectNode result, JsonNode bars) {
        boolean allOk = true;
        JsonNode ofBenchmark = bars.path(result.path("bench").asText());
        for (JsonNode each : (ArrayNode) result.path("figures")) {
            ObjectNode figure = (ObjectNode) each;
            JsonNode bar = ofBenchmark.path(figure.path("name").asText());
            JsonNode measured = figure.path(bar.path("of").asText());
            boolean ok = measured.isNumber()
                    && (bar.has("atLeast") || bar.has("atMost"))
                    && (!bar.has("atLeast") || measured.asDouble() >= bar.path("atLeast").asDouble())
                    && (!bar.has("atMost") || measured.asDouble() <= bar.path("atMost").asDouble());
            figure.set("bar", bar.isMissingNode() ? null : bar);
            figure.put("ok", ok);
            allOk &= ok;
        }
        return allOk;
    }
}
