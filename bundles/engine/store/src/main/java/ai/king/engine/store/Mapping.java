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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Between a platform record and its entity: the same names, enums and JSON as text in the entity. */
final class Mapping<R extends Row> {

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
    private static final Set<String> KEYS = Set.of("id", "version");
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();
    private static final ObjectMapper MAPPER = Json.mapper();

    /** One component, its field and its column. */
    private record Member(
            String name,
            String column,
            Class<?> type,
            Class<?> stored,
            MethodHandle get,
            MethodHandle field,
            Codec codec) {}

    private final Class<R> type;
    private final Class<?> entity;
    private final String table;
    private final List<Member> members;
    private final MethodHandle constructor;
    private final String insert;
    /** By the members they set, a bit each. */
    private final Map<Long, String> updates = new ConcurrentHashMap<>();

    private final String delete;
    private final String select;

    Mapping(Class<R> type, Class<?> entity) {
        this.type = type;
        this.entity = entity;
        this.table = entity.getAnnotation(Table.class).name();
        RecordComponent[] components = type.getRecordComponents();
        this.members = Arrays.stream(components).map(c -> member(c, entity)).toList();
        this.constructor = constructor(type, components);
        String columns = members.stream().map(Member::column).collect(Collectors.joining(", "));
        String marks = members.stream().map(m -> "?").collect(Collectors.joining(", "));
        this.insert = "insert into " + table + " (" + columns + ") values (" + marks + ")";
        this.select = "select " + columns + " from " + table;
        this.delete = "delete from " + table + " where id = ?";
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return LOOKUP.unreflectConstructor(type.getDeclaredConstructor(types))
                    .asType(MethodType.methodType(Object.class, types))
                    .asSpreader(Object[].class, types.length);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is no public record", e);
        }
    }

    private static Member member(RecordComponent component, Class<?> entity) {
        try {
            Field field = entity.getField(component.getName());
            javax.persistence.Column column = field.getAnnotation(javax.persistence.Column.class);
            return new Member(
                    component.getName(),
                    column == null ? component.getName() : column.name(),
                    component.getType(),
                    field.getType(),
                    LOOKUP.unreflect(component.getAccessor()).asType(MethodType.methodType(Object.class, Object.class)),
                    LOOKUP.unreflectGetter(field).asType(MethodType.methodType(Object.class, Object.class)),
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

    Class<R> type() {
        return type;
    }

    Class<?> entity() {
        return entity;
    }

    String table() {
        return table;
    }

    String insert() {
        return insert;
    }

    String delete() {
        return delete;
    }

    /** The columns that {@link #row(ResultSet)} reads, from the table. */
    String select() {
        return select;
    }

    String column(String field) {
        return find(field).column();
    }

    /** The columns' values of a row, in the order of {@link #insert()}. */
    @Nullable
    Object[] values(R row) {
        @Nullable Object[] values = new Object[members.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(members.get(i), row);
        }
        return values;
    }

    /** An update of a row at the version it was read at. */
    record Change(String sql, @Nullable Object[] values) {}

    /** What makes the row before, of which all is taken to differ when it is not known, the row after. */
    Change change(@Nullable R before, R after) {
        List<@Nullable Object> values = new ArrayList<>();
        long set = 0;
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (!KEYS.contains(member.name()) && (before == null || differs(member, before, after))) {
                set |= 1L << i;
                values.add(value(member, after));
            }
        }
        values.add(after.version() + 1);
        values.add(after.id());
        values.add(after.version());
        return new Change(updates.computeIfAbsent(set, this::update), values.toArray());
    }

    private boolean differs(Member member, R before, R after) {
        return !Objects.equals(invoke(member.get(), before), invoke(member.get(), after));
    }

    private String update(long set) {
        StringBuilder sql = new StringBuilder("update ").append(table).append(" set ");
        for (int i = 0; i < members.size(); i++) {
            if ((set >> i & 1) == 1) {
                sql.append(members.get(i).column()).append(" = ?, ");
            }
        }
        return sql.append("version = ? where id = ? and version = ?").toString();
    }

    private @Nullable Object value(Member member, R row) {
        Object value = invoke(member.get(), row);
        return value == null ? null : member.codec().store(value);
    }

    /** The row with another version. */
    R at(R row, long version) {
        return build(member -> member.name().equals("version") ? Long.valueOf(version) : invoke(member.get(), row));
    }

    /** What stands in an entity. */
    R row(Object from) {
        return build(member -> {
            Object stored = invoke(member.field(), from);
            return stored == null ? null : member.codec().load(stored);
        });
    }

    /** The row at which a result of {@link #select()} stands. */
    R row(ResultSet at) throws SQLException {
        @Nullable Object[] arguments = new Object[members.size()];
        for (int i = 0; i < arguments.length; i++) {
            Member member = members.get(i);
            Object stored = column(at, i + 1, member.stored());
            arguments[i] = stored == null ? null : member.codec().load(stored);
        }
        return type.cast(invoke(constructor, arguments));
    }

    private static @Nullable Object column(ResultSet at, int index, Class<?> type) throws SQLException {
        if (type == Instant.class) {
            OffsetDateTime instant = at.getObject(index, OffsetDateTime.class);
            return instant == null ? null : instant.toInstant();
        }
        return at.getObject(index, MethodType.methodType(type).wrap().returnType());
    }

    private R build(java.util.function.Function<Member, @Nullable Object> values) {
        @Nullable Object[] arguments = new Object[members.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = values.apply(members.get(i));
        }
        return type.cast(invoke(constructor, arguments));
    }

    /** The record's value of a field as the entity holds it. */
    Object stored(String field, Object value) {
        Member member = find(field);
        if (member.type() == member.stored() || member.codec() instanceof Codec.Plain) {
            return widen(member, value);
        }
        return value instanceof String text ? text : member.codec().store(value);
    }

    private static Object widen(Member member, Object value) {
        if (value instanceof Number number && (member.stored() == long.class || member.stored() == Long.class)) {
            return number.longValue();
        }
        return value;
    }

    /** A key of a cursor, written by {@link Object#toString()}, as the entity holds it. */
    Object parsed(String field, String text) {
        Class<?> stored = find(field).stored();
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

    /** A field of an entity. */
    @Nullable
    Object field(String name, Object from) {
        return invoke(find(name).field(), from);
    }

    boolean text(String field) {
        return find(field).stored() == String.class;
    }

    private Member find(String field) {
        return members.stream()
                .filter(m -> m.name().equals(field))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type.getSimpleName() + " has no field " + field));
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

    private static Object invoke(MethodHandle handle, @Nullable Object[] arguments) {
        try {
            return (Object) handle.invokeExact(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
