/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Json;
import ai.king.store.Row;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One component of a record, its field in the entity and its column. */
record Member(
        String name, String column, Class<?> type, Class<?> stored, MethodHandle get, MethodHandle field, Codec codec) {

    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            boolean.class,
            Boolean.class,
            BigDecimal.class,
            Instant.class,
            LocalDate.class,
            byte[].class);
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();
    private static final MethodType ANY = MethodType.methodType(Object.class, Object.class);
    private static final ObjectMapper MAPPER = Json.mapper();

    static Member of(RecordComponent component, Class<?> entity) {
        try {
            Field field = entity.getField(component.getName());
            javax.persistence.Column column = field.getAnnotation(javax.persistence.Column.class);
            return new Member(
                    component.getName(),
                    column == null ? component.getName() : column.name(),
                    component.getType(),
                    field.getType(),
                    LOOKUP.unreflect(component.getAccessor()).asType(ANY),
                    LOOKUP.unreflectGetter(field).asType(ANY),
                    codec(component));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(entity + " lacks " + component.getName(), e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Codec codec(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == BigDecimal.class) {
            return new Codec.Decimal();
        }
        if (PLAIN.contains(type)) {
            return new Codec.Plain();
        }
        if (type.isEnum()) {
            return new Codec.Named((Class<? extends Enum>) type);
        }
        JavaType json = MAPPER.getTypeFactory().constructType(component.getGenericType());
        return new Codec.Text(MAPPER.writerFor(json), MAPPER.readerFor(json));
    }

    /** What a record holds. */
    @Nullable
    Object of(Row row) {
        return invoke(get, row);
    }

    /** What the column holds when the record holds this. */
    @Nullable
    Object column(@Nullable Object held) {
        return held == null ? null : codec.store(held);
    }

    /** What an entity's field holds. */
    @Nullable
    Object field(Object entity) {
        return invoke(field, entity);
    }

    /** What a record holds when the column holds this. */
    @Nullable
    Object loaded(@Nullable Object stored) {
        return stored == null ? null : codec.load(stored);
    }

    /** What a column of a result holds. */
    @Nullable
    Object read(ResultSet at, int index) throws SQLException {
        if (stored == Instant.class) {
            OffsetDateTime instant = at.getObject(index, OffsetDateTime.class);
            return instant == null ? null : instant.toInstant();
        }
        return at.getObject(index, MethodType.methodType(stored).wrap().returnType());
    }

    /** A value of the record's type, or the text of one, as the column holds it. */
    Object stored(Object value) {
        if (type == stored || codec instanceof Codec.Plain) {
            boolean widens = value instanceof Number && (stored == long.class || stored == Long.class);
            return widens ? (Object) ((Number) value).longValue() : value;
        }
        return value instanceof String ? value : codec.store(value);
    }

    /** A key of a cursor, written by {@link Object#toString()}, as the column holds it. */
    Object parsed(String text) {
        if (stored == Instant.class) {
            return Instant.parse(text);
        }
        if (stored == LocalDate.class) {
            return LocalDate.parse(text);
        }
        if (stored == BigDecimal.class) {
            return new BigDecimal(text);
        }
        if (stored == int.class || stored == Integer.class) {
            return Integer.valueOf(text);
        }
        if (stored == long.class || stored == Long.class) {
            return Long.valueOf(text);
        }
        return stored == boolean.class || stored == Boolean.class ? (Object) Boolean.valueOf(text) : text;
    }

    private static @Nullable Object invoke(MethodHandle handle, Object argument) {
        try {
            return (Object) handle.invokeExact(argument);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
