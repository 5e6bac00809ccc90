package io.lonja.archive;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How records are told in facts: their components and nothing else, decimals and times as text. */
final class FactMapper {

    static final JsonMapper SHARED = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule("decimals")
                    .addSerializer(BigDecimal.class, new PlainText<>(BigDecimal.class))
                    .addSerializer(BigInteger.class, new PlainText<>(BigInteger.class)))
            .annotationIntrospector(new SealedTypes())
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Tells the same, with names in the order of {@link CanonicalJson} as far as Jackson knows them before. */
    static final ObjectMapper WRITER = SHARED.rebuild()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .build();

    private FactMapper() {}

    /** A decimal as a text in plain notation, so that no reader makes a binary fraction of it. */
    private static final class PlainText<N extends Number> extends StdSerializer<N> {

        private static final long serialVersionUID = 1L;

        PlainText(Class<N> type) {
            super(type);
        }

        @Override
        public void serialize(N value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString());
        }
    }

    /**
     * A sealed interface marked with {@code @JsonTypeInfo(use = NAME)} needs no list of its cases: they are the
     * permitted ones, called by their simple names in lower case with hyphens ({@code accepted-with-errors}).
     */
    private static final class SealedTypes extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
            List<NamedType> named = super.findSubtypes(annotated);
            Class<?>[] permitted = annotated.getRawType().getPermittedSubclasses();
            if (named != null || permitted == null) {
                return named;
            }
            List<NamedType> cases = new ArrayList<>();
            for (Class<?> each : permitted) {
                cases.add(new NamedType(each));
            }
            return cases;
        }

        @Override
        public @Nullable String findTypeName(AnnotatedClass type) {
            String name = super.findTypeName(type);
            if (name != null || !type.getRawType().isRecord()) {
                return name;
            }
            return type.getRawType()
                    .getSimpleName()
                    .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                    .toLowerCase(Locale.ROOT);
        }
    }
}
