/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists, maps with text keys, and optional values. */
final class Containers {

    private Containers() {}

    static void expect(JsonParser in, JsonToken token) throws IOException {
        if (in.currentToken() != token) {
            throw new IOException("expected " + token + ", found " + in.currentToken());
        }
    }

    record OfList(Shape part) implements Shape {
        @Override
        public void write(JsonGenerator out, @Nullable Object value) throws IOException {
            if (!(value instanceof Collection<?> list)) {
                throw new IllegalArgumentException("not a list");
            }
            out.writeStartArray();
            for (Object each : list) {
                part.write(out, each);
            }
            out.writeEndArray();
        }

        @Override
        public List<@Nullable Object> read(JsonParser in) throws IOException {
            expect(in, JsonToken.START_ARRAY);
            List<@Nullable Object> list = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                list.add(part.read(in));
            }
            return Collections.unmodifiableList(list);
        }
    }

    record OfMap(Shape part) implements Shape {
        @Override
        public void write(JsonGenerator out, @Nullable Object value) throws IOException {
            if (!(value instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("not a map");
            }
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!(entry.getKey() instanceof String key)) {
                    throw new IllegalArgumentException("a key that is no text");
                }
                out.writeFieldName(key);
                part.write(out, entry.getValue());
            }
            out.writeEndObject();
        }

        @Override
        public Map<String, @Nullable Object> read(JsonParser in) throws IOException {
            expect(in, JsonToken.START_OBJECT);
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String key = in.currentName();
                in.nextToken();
                map.put(key, part.read(in));
            }
            return Collections.unmodifiableMap(map);
        }
    }

    record OfOptional(Shape part) implements Shape {
        @Override
        public void write(JsonGenerator out, @Nullable Object value) throws IOException {
            if (!(value instanceof Optional<?> optional)) {
                throw new IllegalArgumentException("not an Optional");
            }
            if (optional.isPresent()) {
                part.write(out, optional.get());
            } else {
                out.writeNull();
            }
        }

        @Override
        public Optional<?> read(JsonParser in) throws IOException {
            return in.currentToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.ofNullable(part.read(in));
        }
    }
}
