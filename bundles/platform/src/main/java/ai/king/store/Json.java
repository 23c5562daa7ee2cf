/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON form of our records: strict in reading, instants as ISO-8601, a sealed interface of ours carries
 * {@code "type"} with the simple name of the record in lower case.
 */
public final class Json {

    private static final ObjectMapper MAPPER = mapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final ObjectReader MAPS = MAPPER.readerFor(MAP);

    private Json() {}

    /** A new mapper with these rules, for doors that stream; callers may configure their copy. */
    public static ObjectMapper mapper() {
        return JsonMapper.builder()
                .annotationIntrospector(new SealedTypes())
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .build();
    }

    /** Limits for text from outside: depth 50, strings to 256 kB, numbers to 100 digits. */
    public static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(50)
                .maxStringLength(256 * 1024)
                .maxNumberLength(100)
                .build();
    }

    public static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not representable as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The canonical form with a value a line, for people and for what compares lines. */
    public static String pretty(Object value) {
        try {
            return MAPPER.readTree(canonical(value)).toPrettyString();
        } catch (IOException e) {
            throw new IllegalArgumentException("no canonical JSON: " + e.getMessage(), e);
        }
    }

    /** Throws {@link IllegalArgumentException} with place and reason when the text is not the JSON of the type. */
    public static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /** A JSON object as a map. */
    public static Map<String, Object> readMap(String text) {
        try {
            return MAPS.readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /** Any record or value as JSON values: maps, lists, strings, numbers, booleans. */
    public static Map<String, Object> asMap(Object value) {
        return MAPPER.convertValue(value, MAP);
    }

    /** JSON values as a record. */
    public static <T> T convert(Object values, Class<T> type) {
        return MAPPER.convertValue(values, type);
    }

    /** The canonical form of RFC 8785; the same value always gives the same bytes. */
    public static byte[] canonical(Object value) {
        return Canonical.of(value).orElseGet(() -> byLibrary(value));
    }

    /** For what {@link Canonical} does not write, and the measure for what it does. */
    static byte[] byLibrary(Object value) {
        try {
            return new JsonCanonicalizer(write(value)).getEncodedUTF8();
        } catch (IOException e) {
            throw new IllegalArgumentException("no canonical JSON: " + e.getMessage(), e);
        }
    }

    /** Lower-case hex SHA-256 of the canonical form. */
    public static String digest(Object value) {
        return sha256(canonical(value));
    }

    /** Lower-case hex SHA-256. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Lower-case hex SHA-256 of a text in UTF-8. */
    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives sealed interfaces of ours their type name without an annotation in the API. */
    private static final class SealedTypes extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        private static @Nullable Class<?> sealedFamily(Class<?> type) {
            if (!type.getName().startsWith("ai.king.")) {
                return null;
            }
            if (type.isSealed() && type.isInterface()) {
                return type;
            }
            return Arrays.stream(type.getInterfaces())
                    .filter(Class::isSealed)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            if (annotated instanceof AnnotatedClass && sealedFamily(annotated.getRawType()) != null) {
                return JsonTypeInfo.Value.construct(
                        JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "type", null, false, null);
            }
            return super.findPolymorphicTypeInfo(config, annotated);
        }

        @Override
        public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
            Class<?> type = annotated.getRawType();
            if (type.isSealed() && type.getName().startsWith("ai.king.")) {
                return Arrays.stream(type.getPermittedSubclasses())
                        .map(sub -> new NamedType(sub, sub.getSimpleName().toLowerCase(java.util.Locale.ROOT)))
                        .toList();
            }
            return super.findSubtypes(annotated);
        }

        @Override
        public @Nullable String findTypeName(AnnotatedClass annotated) {
            return sealedFamily(annotated.getRawType()) == null
                    ? super.findTypeName(annotated)
                    : annotated.getRawType().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
