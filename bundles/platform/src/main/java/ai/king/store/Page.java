/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next opaque cursor of the next page, or null on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public <U> Page<U> map(Function<T, U> change) {
        return new Page<>(items.stream().map(change).toList(), next);
    }
}
