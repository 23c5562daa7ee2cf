/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, read again by type: a schema is checked before the gate, but a tool trusts nobody's types. */
final class Arguments {

    private final Map<String, Object> values;

    Arguments(Map<String, Object> values) {
        this.values = values;
    }

    /** A text that must be there; throws {@link Wrong}. */
    String text(String name) {
        return optionalText(name).orElseThrow(() -> new Wrong(name + " must be a text"));
    }

    Optional<String> optionalText(String name) {
        return values.get(name) instanceof String text && !text.isBlank()
                ? Optional.of(text.strip())
                : Optional.empty();
    }

    /** Money as a decimal text or number, not negative, at most two digits after the point. */
    BigDecimal money(String name) {
        BigDecimal amount = decimal(values.get(name));
        if (amount == null
                || amount.signum() < 0
                || amount.stripTrailingZeros().scale() > 2
                || amount.precision() > 15) {
            throw new Wrong(name + " must be an amount such as 12.50");
        }
        return amount.setScale(2);
    }

    /** A whole number from 1 to a million. */
    int quantity(String name) {
        BigDecimal amount = decimal(values.get(name));
        if (amount == null
                || amount.stripTrailingZeros().scale() > 0
                || amount.signum() <= 0
                || amount.compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
            throw new Wrong(name + " must be a whole number of pieces from 1 on");
        }
        return amount.intValueExact();
    }

    /** A list of objects with at least one. */
    List<Arguments> objects(String name) {
        if (!(values.get(name) instanceof List<?> list) || list.isEmpty() || list.size() > 500) {
            throw new Wrong(name + " must be a list of 1 to 500 objects");
        }
        return list.stream().map(item -> object(name, item)).toList();
    }

    private static Arguments object(String name, @Nullable Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            throw new Wrong(name + " must hold objects");
        }
        Map<String, Object> values = new HashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                values.put(String.valueOf(key), value);
            }
        });
        return new Arguments(values);
    }

    private static @Nullable BigDecimal decimal(@Nullable Object value) {
        if (value instanceof String text && text.matches("\\d{1,12}(\\.\\d{1,6})?")) {
            return new BigDecimal(text);
        }
        if (value instanceof BigDecimal number) {
            return Math.abs((long) number.scale()) > 30 ? null : number;
        }
        return value instanceof Integer || value instanceof Long
                ? BigDecimal.valueOf(((Number) value).longValue())
                : null;
    }

    /** An argument is not what the tool asks for. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(String reason) {
            super(reason, null, false, false);
        }
    }
}
