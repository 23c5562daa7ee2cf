/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import ai.king.engine.evolution.jar.PlugJar;
import ai.king.evolution.Release.Item;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A jar that wants to run.
 *
 * @param file its bytes
 * @param jar what it says about itself
 * @param byAi whether the AI made it: then the limits are tighter
 * @param used versions of its symbolic name that ran before
 * @param release the items it would run beside
 */
public record Candidate(Path file, PlugJar jar, boolean byAi, Set<String> used, List<Item> release) {

    /** Whether it is an agent: those may live in the jail and must pass the byte code check. */
    public boolean agent() {
        return jar.plugs().stream()
                .anyMatch(plug -> plug.type().filter("Agent"::equals).isPresent());
    }
}
