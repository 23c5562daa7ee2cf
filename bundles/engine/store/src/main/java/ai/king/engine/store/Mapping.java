/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Row;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Between a platform record and its entity: the same names, enums and JSON as text in the entity. */
final class Mapping<R extends Row> {

    private static final Set<String> KEYS = Set.of("id", "version");
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private final Class<R> type;
    private final Class<?> entity;
    private final String table;
    private final List<Member> members;
    /** Which of the members it is. */
    private final int version;

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
        this.members = Arrays.stream(components).map(c -> Member.of(c, entity)).toList();
        this.version = members.indexOf(find("version"));
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
            values[i] = members.get(i).column(members.get(i).of(row));
        }
        return values;
    }

    /**
     * An update of a row at the version it was read at.
     *
     * @param row as it is stored then
     */
    record Change<R>(String sql, @Nullable Object[] values, R row) {}

    /** What makes the row before, of which all is taken to differ when it is not known, the row after. */
    Change<R> change(@Nullable R before, R after) {
        @Nullable Object[] held = new Object[members.size()];
        List<@Nullable Object> values = new ArrayList<>();
        long set = 0;
        for (int i = 0; i < held.length; i++) {
            Member member = members.get(i);
            held[i] = member.of(after);
            if (!KEYS.contains(member.name()) && (before == null || !Objects.equals(member.of(before), held[i]))) {
                set |= 1L << i;
                values.add(member.column(held[i]));
            }
        }
        long next = after.version() + 1;
        values.add(next);
        values.add(after.id());
        values.add(after.version());
        held[version] = next;
        return new Change<>(updates.computeIfAbsent(set, this::update), values.toArray(), made(held));
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

    /** The row as it is stored first. */
    R first(R row) {
        return row.version() == 0
                ? row
                : build(member -> member.name().equals("version") ? Long.valueOf(0) : member.of(row));
    }

    /** What stands in an entity. */
    R row(Object from) {
        return build(member -> member.loaded(member.field(from)));
    }

    /** The row at which a result of {@link #select()} stands. */
    R row(ResultSet at) throws SQLException {
        @Nullable Object[] held = new Object[members.size()];
        for (int i = 0; i < held.length; i++) {
            Member member = members.get(i);
            held[i] = member.loaded(member.read(at, i + 1));
        }
        return made(held);
    }

    private R build(Function<Member, @Nullable Object> values) {
        @Nullable Object[] held = new Object[members.size()];
        for (int i = 0; i < held.length; i++) {
            held[i] = values.apply(members.get(i));
        }
        return made(held);
    }

    private R made(@Nullable Object[] held) {
        return type.cast(invoke(constructor, held));
    }

    /** The record's value of a field as the entity holds it. */
    Object stored(String field, Object value) {
        return find(field).stored(value);
    }

    /** A key of a cursor, written by {@link Object#toString()}, as the entity holds it. */
    Object parsed(String field, String text) {
        return find(field).parsed(text);
    }

    /** A field of an entity. */
    @Nullable
    Object field(String name, Object from) {
        return find(name).field(from);
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
