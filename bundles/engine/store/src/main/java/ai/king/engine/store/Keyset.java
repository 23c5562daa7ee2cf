/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Json;
import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.store.Query.Comparison;
import ai.king.store.Query.Condition;
import ai.king.store.Query.Order;
import ai.king.store.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.persistence.EntityManager;
import javax.persistence.TypedQuery;
import javax.persistence.criteria.CriteriaBuilder;
import javax.persistence.criteria.CriteriaQuery;
import javax.persistence.criteria.Expression;
import javax.persistence.criteria.Predicate;
import javax.persistence.criteria.Root;
import org.jspecify.annotations.Nullable;

/** A {@link Query} as criteria of JPA: values bound, pages by the last row's keys. */
final class Keyset<R extends Row> {

    private static final int MOST = 500;
    private static final int SPLIT = 4;

    private final EntityManager entities;
    private final Mapping<R> mapping;
    private final Query<R> query;
    private final List<Order> order;
    private final CriteriaBuilder builder;

    Keyset(EntityManager entities, Mapping<R> mapping, Query<R> query) {
        this.entities = entities;
        this.mapping = mapping;
        this.query = query;
        this.builder = entities.getCriteriaBuilder();
        List<Order> keys = new ArrayList<>(query.order());
        if (keys.stream().noneMatch(k -> k.field().equals("id"))) {
            keys.add(
                    new Order("id", !keys.isEmpty() && keys.get(keys.size() - 1).ascending()));
        }
        this.order = List.copyOf(keys);
    }

    Page<R> page() {
        if (query.limit() < 1 || query.limit() > MOST) {
            throw new IllegalArgumentException("the limit of a page is 1 to " + MOST);
        }
        List<?> found = rows(query.limit() + 1);
        boolean more = found.size() > query.limit();
        List<?> shown = more ? found.subList(0, query.limit()) : found;
        String next = more ? cursor(shown.get(shown.size() - 1)) : null;
        return new Page<>(shown.stream().map(mapping::row).toList(), next);
    }

    List<R> list() {
        return fetch(query.conditions(), 0).stream().map(mapping::row).toList();
    }

    long count() {
        CriteriaQuery<Long> criteria = builder.createQuery(Long.class);
        Root<?> root = criteria.from(mapping.entity());
        criteria.select(builder.count(root)).where(predicates(root, query.conditions()));
        return entities.createQuery(criteria).getSingleResult();
    }

    /**
     * One of several values in order would make the database sort all of them; each value by itself comes in order from the
     * index, so a few are asked one by one and merged.
     */
    private List<?> rows(int limit) {
        Condition split = query.conditions().stream()
                .filter(this::worthSplitting)
                .findFirst()
                .orElse(null);
        if (split == null) {
            return fetch(query.conditions(), limit);
        }
        return values(split).stream()
                .distinct()
                .flatMap(value -> fetch(with(split, value), limit).stream())
                .sorted(this::compare)
                .limit(limit)
                .toList();
    }

    private boolean worthSplitting(Condition condition) {
        return condition.comparison() == Comparison.IN
                && values(condition).size() <= SPLIT
                && !values(condition).isEmpty()
                && order.stream()
                        .noneMatch(o -> mapping.text(o.field()) && !o.field().equals("id"));
    }

    private List<Condition> with(Condition split, Object value) {
        return query.conditions().stream()
                .map(c -> c == split ? new Condition(c.field(), Comparison.EQUAL, value) : c)
                .toList();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private int compare(Object a, Object b) {
        for (Order key : order) {
            Comparator<Comparable> natural = Comparator.nullsLast(Comparator.naturalOrder());
            int result = natural.compare(
                    (Comparable) mapping.field(key.field(), a), (Comparable) mapping.field(key.field(), b));
            if (result != 0) {
                return key.ascending() ? result : -result;
            }
        }
        return 0;
    }

    @SuppressWarnings("unchecked")
    private List<?> fetch(List<Condition> conditions, int limit) {
        CriteriaQuery<Object> criteria = (CriteriaQuery<Object>) builder.createQuery(mapping.entity());
        Root<Object> root = (Root<Object>) criteria.from(mapping.entity());
        criteria.select(root).where(predicates(root, conditions));
        criteria.orderBy(along(conditions)
                .map(o -> o.ascending() ? builder.asc(root.get(o.field())) : builder.desc(root.get(o.field())))
                .toList());
        TypedQuery<Object> typed = entities.createQuery(criteria).setHint("eclipselink.refresh", true);
        return (limit > 0 ? typed.setMaxResults(limit) : typed).getResultList();
    }

    /** The order, behind the fields that are the same in all rows: so H2, too, sees that an index has the rows in order. */
    private Stream<Order> along(List<Condition> conditions) {
        boolean ascending = order.get(0).ascending();
        Stream<Order> same = conditions.stream()
                .filter(c -> c.comparison() == Comparison.EQUAL)
                .filter(c -> order.stream().noneMatch(o -> o.field().equals(c.field())))
                .map(c -> new Order(c.field(), ascending));
        return Stream.concat(same, order.stream());
    }

    private Predicate[] predicates(Root<?> root, List<Condition> conditions) {
        Stream<Predicate> own = conditions.stream().map(c -> predicate(root, c));
        Stream<Predicate> after = query.cursor() == null ? Stream.empty() : after(root, keys(query.cursor()));
        return Stream.concat(own, after).toArray(Predicate[]::new);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Predicate predicate(Root<?> root, Condition condition) {
        Expression field = root.get(condition.field());
        return switch (condition.comparison()) {
            case EQUAL -> builder.equal(field, value(condition));
            case NOT_EQUAL -> builder.notEqual(field, value(condition));
            case LESS -> builder.lessThan(field, (Comparable) value(condition));
            case LESS_OR_EQUAL -> builder.lessThanOrEqualTo(field, (Comparable) value(condition));
            case GREATER -> builder.greaterThan(field, (Comparable) value(condition));
            case GREATER_OR_EQUAL -> builder.greaterThanOrEqualTo(field, (Comparable) value(condition));
            case IN -> values(condition).isEmpty() ? builder.disjunction() : field.in(values(condition));
            case IS_NULL -> builder.isNull(field);
            case NOT_NULL -> builder.isNotNull(field);
        };
    }

    private Object value(Condition condition) {
        if (condition.value() == null) {
            throw new IllegalArgumentException(condition.field() + " is compared with nothing");
        }
        return mapping.stored(condition.field(), condition.value());
    }

    private List<Object> values(Condition condition) {
        if (!(condition.value() instanceof Collection<?> many)) {
            throw new IllegalArgumentException(condition.field() + " needs a collection");
        }
        return many.stream().map(v -> mapping.stored(condition.field(), v)).toList();
    }

    /** Rows behind the keys: the first key bounded for the index, then the exact comparison key by key. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private Stream<Predicate> after(Root<?> root, List<Object> keys) {
        List<Predicate> choices = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            List<Predicate> all = new ArrayList<>();
            for (int k = 0; k < i; k++) {
                all.add(builder.equal(root.get(order.get(k).field()), keys.get(k)));
            }
            Expression field = root.get(order.get(i).field());
            Comparable key = (Comparable) keys.get(i);
            all.add(order.get(i).ascending() ? builder.greaterThan(field, key) : builder.lessThan(field, key));
            choices.add(builder.and(all.toArray(Predicate[]::new)));
        }
        Predicate exact = builder.or(choices.toArray(Predicate[]::new));
        if (order.size() == 1) {
            return Stream.of(exact);
        }
        Expression first = root.get(order.get(0).field());
        Comparable key = (Comparable) keys.get(0);
        Predicate bound = order.get(0).ascending()
                ? builder.greaterThanOrEqualTo(first, key)
                : builder.lessThanOrEqualTo(first, key);
        return Stream.of(bound, exact);
    }

    private String cursor(Object last) {
        List<String> keys = order.stream().map(o -> key(o.field(), last)).toList();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.write(keys).getBytes(StandardCharsets.UTF_8));
    }

    private String key(String field, Object from) {
        Object value = mapping.field(field, from);
        if (value == null) {
            throw new IllegalArgumentException("rows are not paged by " + field + ", which may be missing");
        }
        return value.toString();
    }

    private List<Object> keys(@Nullable String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String[] keys = Json.read(text, String[].class);
            if (keys.length != order.size()) {
                throw new IllegalArgumentException("a cursor of another list");
            }
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < keys.length; i++) {
                values.add(mapping.parsed(order.get(i).field(), keys[i]));
            }
            return values;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the cursor is not one of this list", e);
        }
    }
}
