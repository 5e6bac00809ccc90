package io.lonja.partner;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What may stand in a profile: {@code schemas/partner.schema.json}, the file that editors complete from. */
final class ProfileSchema {

    private static final Set<String> CHANNELS_TO_COME = Set.of("soap");

    private final JsonNode source;
    private final JsonSchema schema;

    ProfileSchema() {
        try (InputStream file = ProfileSchema.class.getResourceAsStream("/schemas/partner.schema.json")) {
            if (file == null) {
                throw new IllegalStateException("The jar lacks schemas/partner.schema.json");
            }
            source = new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read schemas/partner.schema.json", e);
        }
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        source,
                        SchemaValidatorsConfig.builder()
                                .pathType(PathType.JSON_POINTER)
                                .build());
    }

    /** Every key that is unknown or missing and every value that does not fit. */
    List<Misfit> misfits(JsonNode profile) {
        Set<Misfit> misfits = new LinkedHashSet<>();
        for (ValidationMessage message : schema.validate(profile)) {
            misfits.add(misfit(message, profile));
        }
        return List.copyOf(misfits);
    }

    /**
     * @param pointer where in the profile
     */
    record Misfit(String pointer, String sentence) {}

    private Misfit misfit(ValidationMessage message, JsonNode profile) {
        String at = message.getInstanceLocation().toString();
        String keyword = message.getType();
        JsonNode rule = source.at(
                JsonPointer.compile(message.getSchemaLocation().getFragment().toString())
                        .head());
        if (keyword.equals("additionalProperties")) {
            String key = String.valueOf(message.getProperty());
            return new Misfit(at + "/" + key, unknown(at, key, rule));
        }
        if (keyword.equals("required")) {
            String key = String.valueOf(message.getProperty());
            return new Misfit(
                    at,
                    "`%s` is missing: %s."
                            .formatted(key, description(rule.path("properties").path(key))));
        }
        return new Misfit(at, unfit(at, profile.at(at), rule));
    }

    private static String unknown(String at, String key, JsonNode rule) {
        if (at.equals("/channels") && CHANNELS_TO_COME.contains(key)) {
            return "The channel `%s` does not exist in this version; here belong as2, sftp, https.".formatted(key);
        }
        List<String> known = new ArrayList<>();
        rule.path("properties").fieldNames().forEachRemaining(known::add);
        return "Unknown key `%s`; here belong %s.".formatted(key, String.join(", ", known));
    }

    private static String unfit(String at, JsonNode found, JsonNode rule) {
        String key = at.substring(at.lastIndexOf('/') + 1);
        if (rule.has("enum")) {
            // What is spelled like a number may stand with quotes and without.
            Set<String> allowed = new LinkedHashSet<>();
            rule.path("enum").forEach(value -> allowed.add(value.asText()));
            return "%s is none of %s.".formatted(shown(found), String.join(", ", allowed));
        }
        if (key.isEmpty()) {
            return "The profile does not fit: %s.".formatted(description(rule));
        }
        String name = key.matches("[0-9]+") ? "" : " for `%s`".formatted(key);
        return "%s does not fit%s; wanted: %s.".formatted(shown(found), name, description(rule));
    }

    private static String shown(JsonNode found) {
        if (found.isTextual()) {
            return "`%s`".formatted(found.asText());
        }
        if (found.isNumber()) {
            return "A number without quotes";
        }
        if (found.isNull()) {
            return "No value";
        }
        return found.isArray() ? "This list" : found.isObject() ? "This table" : "`%s`".formatted(found);
    }

    private static String description(JsonNode rule) {
        return rule.path("description").asText("a table of keys and values");
    }
}
