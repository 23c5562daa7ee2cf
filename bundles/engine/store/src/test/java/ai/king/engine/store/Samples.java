/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Records with every component set to something, from a seed; with no text long and every number with a fraction. */
final class Samples {

    private final Random random;

    Samples(long seed) {
        this.random = new Random(seed);
    }

    <T extends Record> T of(Class<T> type) {
        return type.cast(record(type));
    }

    /** The record with other values for some components. */
    static <T extends Record> T with(T record, Map<String, ?> changes) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                String name = components[i].getName();
                values[i] = changes.containsKey(name)
                        ? changes.get(name)
                        : components[i].getAccessor().invoke(record);
            }
            return construct(record.getClass(), values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(c -> c.getName().equals("version") ? (Object) 0L : value(c.getGenericType()))
                .toArray();
        return construct(type, values);
    }

    @SuppressWarnings("unchecked")
    private static <T> T construct(Class<?> type, Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return (T) type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private Object value(Type generic) {
        Class<?> type = (Class<?>) (generic instanceof ParameterizedType p ? p.getRawType() : generic);
        Type[] arguments = generic instanceof ParameterizedType p ? p.getActualTypeArguments() : new Type[0];
        if (type == List.class) {
            return List.of(value(arguments[0]), value(arguments[0]));
        }
        if (type == Set.class) {
            return Set.of(value(arguments[0]));
        }
        if (type == Optional.class) {
            return Optional.of(value(arguments[0]));
        }
        if (type == Map.class) {
            return Map.of("k" + random.nextInt(100), value(arguments[1]));
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        if (type.isSealed()) {
            Class<?>[] choices = type.getPermittedSubclasses();
            return record(choices[random.nextInt(choices.length)]);
        }
        return type.isRecord() ? record(type) : plain(type);
    }

    private Object plain(Class<?> type) {
        if (type == String.class || type == Object.class) {
            return random.nextBoolean() ? "x" + random.nextInt(99) : "\u00e4\u20ac'\"\\" + random.nextInt(99);
        }
        if (type == long.class || type == Long.class) {
            return (long) random.nextInt(1000);
        }
        if (type == int.class || type == Integer.class) {
            return random.nextInt(1000);
        }
        if (type == double.class || type == Double.class) {
            return random.nextInt(8) / 8.0;
        }
        if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        }
        if (type == BigDecimal.class) {
            return new BigDecimal(random.nextInt(100_000) + ".50");
        }
        if (type == Instant.class) {
            return Instant.parse("2026-10-25T00:30:00Z").plus(random.nextLong(7_200_000_000L), ChronoUnit.MICROS);
        }
        if (type == LocalDate.class) {
            return LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365));
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(random.nextInt(1000));
        }
        throw new IllegalStateException("no sample of " + type);
    }
}
