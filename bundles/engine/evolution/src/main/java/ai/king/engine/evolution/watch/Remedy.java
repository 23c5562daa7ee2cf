/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.evolution.Release.Item;
import java.util.List;
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

    /**
     * Source that is here, to be changed by who writes source.
     *
     * @param action {@code modify} or {@code optimize}
     * @param files texts by path
     * @param wish what is to become better, in words
     * @param findings what was measured and what errors say: data
     */
    record Rewrite(
            String action,
            String plug,
            Map<String, String> files,
            String wish,
            List<String> findings,
            String hypothesis)
            implements Remedy {}

    /** Nothing that would be true. */
    record None(String why) implements Remedy {}
}
