/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as an object with exactly its components. */
final class RecordShape implements Shape {

    private final Class<?> type;
    private final MethodHandle constructor;
    private final RecordComponent[] components;
    private final MethodHandle[] accessors;
    private final Shape[] parts;
    private final Map<String, Integer> places = new HashMap<>();

    RecordShape(Class<?> type, Shapes shapes) {
        this.type = type;
        components = type.getRecordComponents();
        accessors = new MethodHandle[components.length];
        parts = new Shape[components.length];
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            for (int i = 0; i < components.length; i++) {
                accessors[i] = lookup.unreflect(components[i].getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class));
                parts[i] = shapes.of(components[i].getGenericType());
                places.put(components[i].getName(), i);
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, components.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName() + " may not cross: it is not public", e);
        }
    }

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException {
        out.writeStartObject();
        writeComponents(out, value);
        out.writeEndObject();
    }

    void writeComponents(JsonGenerator out, @Nullable Object value) throws IOException {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("not a " + type.getName());
        }
        for (int i = 0; i < parts.length; i++) {
            out.writeFieldName(components[i].getName());
            parts[i].write(out, call(accessors[i], value));
        }
    }

    @Override
    public Object read(JsonParser in) throws IOException {
        Containers.expect(in, JsonToken.START_OBJECT);
        in.nextToken();
        return readComponents(in);
    }

    /** The parser stands on the first field name or the end. */
    Object readComponents(JsonParser in) throws IOException {
        @Nullable Object[] values = new Object[parts.length];
        boolean[] there = new boolean[parts.length];
        for (; in.currentToken() == JsonToken.FIELD_NAME; in.nextToken()) {
            Integer place = places.get(in.currentName());
            if (place == null || there[place]) {
                throw new IOException(type.getSimpleName() + " has no (second) " + in.currentName());
            }
            in.nextToken();
            values[place] = parts[place].read(in);
            there[place] = true;
        }
        Containers.expect(in, JsonToken.END_OBJECT);
        for (int i = 0; i < there.length; i++) {
            if (!there[i] || values[i] == null) {
                throw new IOException(type.getSimpleName() + " lacks " + components[i].getName());
            }
        }
        return call(constructor, values);
    }

    private static Object call(MethodHandle handle, @Nullable Object argument) {
        try {
            return handle.invokeExact(argument);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Object call(MethodHandle handle, @Nullable Object[] arguments) {
        try {
            return handle.invokeExact(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalArgumentException(e);
        }
    }
}
