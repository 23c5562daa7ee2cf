/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a body, so that a caller learns all of it at once. */
final class Checks {

    private final List<Problem.Place> errors = new ArrayList<>();

    Checks expect(boolean holds, String pointer, String message) {
        if (!holds) {
            errors.add(new Problem.Place(pointer, message));
        }
        return this;
    }

    Checks needed(@Nullable Object value, String pointer) {
        return expect(value != null && !(value instanceof String text && text.isBlank()), pointer, "is needed");
    }

    Checks atMost(@Nullable String text, int characters, String pointer) {
        return expect(
                text == null || text.codePointCount(0, text.length()) <= characters,
                pointer,
                "has more than " + characters + " characters");
    }

    /** Throws a {@link Refusal} with all that was found, or does nothing. */
    void pass() {
        if (!errors.isEmpty()) {
            Problem.Place first = errors.get(0);
            throw new Refusal(Problem.of(422, first.pointer() + ": " + first.message(), List.copyOf(errors)));
        }
    }
}
