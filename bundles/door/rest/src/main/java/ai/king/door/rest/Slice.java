/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import org.jspecify.annotations.Nullable;

/** Which page of a list is asked for. */
record Slice(@Nullable String cursor, int limit) {

    private static final int USUAL = 50;
    private static final int MOST = 500;

    static Slice of(@Nullable String cursor, @Nullable String limit) {
        if (limit == null) {
            return new Slice(cursor, USUAL);
        }
        try {
            int rows = Integer.parseInt(limit);
            if (rows >= 1 && rows <= MOST) {
                return new Slice(cursor, rows);
            }
        } catch (NumberFormatException e) {
            throw Refusal.at("?limit", "must be a number from 1 to " + MOST);
        }
        throw Refusal.at("?limit", "must be a number from 1 to " + MOST);
    }

    /** An optional parameter that names a value of an enumeration. */
    static <E extends Enum<E>> java.util.Optional<E> choice(Class<E> type, @Nullable String value, String parameter) {
        if (value == null || value.isEmpty()) {
            return java.util.Optional.empty();
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return java.util.Optional.of(constant);
            }
        }
        throw Refusal.at("?" + parameter, "must be one of " + java.util.Arrays.toString(type.getEnumConstants()));
    }
}
