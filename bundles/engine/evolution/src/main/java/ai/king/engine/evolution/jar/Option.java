/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.jar;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One option of a plug's configuration, as its metatype says.
 *
 * @param type {@code String}, {@code Integer}, {@code Password} ...
 * @param many whether it holds a list
 * @param choices the only values allowed; empty for no such limit
 */
public record Option(
        String id,
        String type,
        boolean many,
        boolean required,
        @Nullable String preset,
        List<String> choices,
        @Nullable String min,
        @Nullable String max) {

    /** What is wrong with the value; empty when nothing is. */
    public Optional<String> refuse(Object value) {
        if (value instanceof Iterable<?> values) {
            if (!many) {
                return Optional.of(id + " holds one value, not a list");
            }
            for (Object one : values) {
                Optional<String> refused = refuseOne(String.valueOf(one));
                if (refused.isPresent()) {
                    return refused;
                }
            }
            return Optional.empty();
        }
        return refuseOne(String.valueOf(value));
    }

    private Optional<String> refuseOne(String value) {
        if (value.startsWith("$[") && value.endsWith("]")) {
            return Optional.empty();
        }
        if (type.equals("Password")) {
            return Optional.of(id + " is a secret: name it as $[secret:NAME] or $[env:NAME]");
        }
        if (!choices.isEmpty() && !choices.contains(value)) {
            return Optional.of(id + " must be one of " + choices + ", not " + value);
        }
        return switch (type) {
            case "Integer", "Long", "Short", "Byte", "Double", "Float" -> number(value);
            case "Boolean" -> value.equals("true") || value.equals("false")
                    ? Optional.empty()
                    : Optional.of(id + " must be true or false, not " + value);
            default -> Optional.empty();
        };
    }

    private Optional<String> number(String value) {
        try {
            double number =
                    type.equals("Double") || type.equals("Float") ? Double.parseDouble(value) : Long.parseLong(value);
            if (min != null && number < Double.parseDouble(min)) {
                return Optional.of(id + " must be at least " + min + ", not " + value);
            }
            if (max != null && number > Double.parseDouble(max)) {
                return Optional.of(id + " must be at most " + max + ", not " + value);
            }
            return Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.of(id + " must be a number (" + type + "), not " + value);
        }
    }
}
