/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sealed interface: the record that it is, with its simple name first. */
final class SealedShape implements Shape {

    private static final String KIND = "@";

    private final Class<?> type;
    private final Map<String, Class<?>> kinds = new HashMap<>();
    private final Shapes shapes;

    SealedShape(Class<?> type, Shapes shapes) {
        this.type = type;
        this.shapes = shapes;
        for (Class<?> kind : type.getPermittedSubclasses()) {
            if (!kind.isRecord()) {
                throw new IllegalArgumentException(kind.getName() + " may not cross: it is not a record");
            }
            kinds.put(kind.getSimpleName(), kind);
        }
    }

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null || !type.isInstance(value)) {
            throw new IllegalArgumentException("not a " + type.getName());
        }
        out.writeStartObject();
        out.writeStringField(KIND, value.getClass().getSimpleName());
        record(value.getClass()).writeComponents(out, value);
        out.writeEndObject();
    }

    @Override
    public Object read(JsonParser in) throws IOException {
        Containers.expect(in, JsonToken.START_OBJECT);
        if (!KIND.equals(in.nextFieldName())) {
            throw new IOException("a " + type.getSimpleName() + " begins with its kind");
        }
        Class<?> kind = kinds.get(in.nextTextValue());
        if (kind == null) {
            throw new IOException("no such kind of " + type.getSimpleName());
        }
        in.nextToken();
        return record(kind).readComponents(in);
    }

    private RecordShape record(Class<?> kind) {
        return (RecordShape) shapes.of(kind);
    }
}
