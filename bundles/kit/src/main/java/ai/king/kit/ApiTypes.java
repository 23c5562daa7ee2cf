/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks what a plug returns: only {@code java.*} values and {@code ai.king} API records may cross to the platform. */
public final class ApiTypes {

    private ApiTypes() {}

    /** The path to the first foreign object, or empty. */
    public static Optional<String> foreign(@Nullable Object value) {
        return walk(value, "result");
    }

    private static Optional<String> walk(@Nullable Object value, String path) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .flatMap(entry -> walk(entry.getValue(), path + "." + entry.getKey()).stream())
                    .findFirst()
                    .or(() -> platform(value, path));
        }
        if (value instanceof Collection<?> many) {
            return many.stream()
                    .flatMap(one -> walk(one, path + "[]").stream())
                    .findFirst()
                    .or(() -> platform(value, path));
        }
        if (value instanceof Optional<?> maybe) {
            return maybe.flatMap(inner -> walk(inner, path));
        }
        if (value instanceof Record) {
            return record((Record) value, path);
        }
        return platform(value, path);
    }

    private static Optional<String> record(Record value, String path) {
        if (!value.getClass().getName().startsWith("ai.king.")) {
            return Optional.of(path + ": " + value.getClass().getName());
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                Optional<String> found = walk(component.getAccessor().invoke(value), path + "." + component.getName());
                if (found.isPresent()) {
                    return found;
                }
            } catch (IllegalAccessException | InvocationTargetException e) {
                return Optional.of(path + "." + component.getName() + " cannot be read: " + e);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> platform(Object value, String path) {
        ClassLoader loader = value.getClass().getClassLoader();
        boolean java = loader == null || loader == ClassLoader.getPlatformClassLoader();
        boolean ours = value instanceof Enum<?> && value.getClass().getName().startsWith("ai.king.");
        return java || ours
                ? Optional.empty()
                : Optional.of(path + ": " + value.getClass().getName());
    }
}
