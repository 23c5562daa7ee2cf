/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The shape of every type that may cross, found by its declaration and kept. */
final class Shapes {

    private final Map<Type, Shape> known = new ConcurrentHashMap<>(Scalars.ALL);

    Shape of(Type type) {
        Shape shape = known.get(type);
        if (shape == null) {
            // Not computeIfAbsent: types contain each other.
            shape = make(type);
            known.put(type, shape);
        }
        return shape;
    }

    private Shape make(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new Containers.OfList(lazily(arguments[0]));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return new Containers.OfMap(lazily(arguments[1]));
            }
            if (generic.getRawType() == Optional.class) {
                return new Containers.OfOptional(lazily(arguments[0]));
            }
        }
        if (type instanceof Class<?> plain) {
            if (plain.isRecord()) {
                return new RecordShape(plain, this);
            }
            if (plain.isSealed() && plain.isInterface()) {
                return new SealedShape(plain, this);
            }
            if (plain.isEnum()) {
                return new Scalars.OfEnum(plain);
            }
        }
        throw new IllegalArgumentException(type.getTypeName() + " may not cross");
    }

    /** Types may contain themselves, so a part is looked up when it is first needed. */
    private Shape lazily(Type type) {
        return new Shape() {
            @Override
            public void write(JsonGenerator out, @Nullable Object value) throws IOException {
                of(type).write(out, value);
            }

            @Override
            public @Nullable Object read(JsonParser in) throws IOException {
                return of(type).read(in);
            }
        };
    }
}
