/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.evolution.Release.Item;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can plausibly help. Where the facts point at nothing, nothing is proposed, and it says why. */
public sealed interface Remedy {

    /**
     * Other values of options.
     *
     * @param values none takes an option back to its default
     * @param title what becomes of what
     * @param hypothesis why that should help
     */
    record Configure(Item item, Map<String, @Nullable Object> values, String title, String hypothesis)
            implements Remedy {}

    /** A skill to be written. */
    record Write(String skill) implements Remedy {}

    /** Nothing that would be true. */
    record None(String why) implements Remedy {}
}
