/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.store.Page;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every list answers; {@code next} is null on the last page. */
public record Items<T>(List<T> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {

    static <R, T> Items<T> of(Page<R> page, Function<R, T> view) {
        return new Items<>(page.items().stream().map(view).toList(), page.next());
    }

    /** A list that has one page. */
    static <R, T> Items<T> all(List<R> rows, Function<R, T> view) {
        return new Items<>(rows.stream().map(view).toList(), null);
    }
}
