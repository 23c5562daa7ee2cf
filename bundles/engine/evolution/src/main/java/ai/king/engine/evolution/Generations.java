/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Release.Item;
import ai.king.store.Json;
import java.util.Map;

/** How a generation is called: by what it is, so that the same bundle and configuration has the same name on every node. */
public final class Generations {

    /** Agents that live in the jail, not in the platform. */
    public static final String JAIL = "jail";

    /** Everything else. */
    public static final String PLATFORM = "platform";

    private static final int DIGITS = 16;

    private Generations() {}

    /** {@code <bundle digest>/<configuration digest>}; the configuration's covers name and placement, too. */
    public static String id(Item item) {
        String configuration = Json.digest(Map.of(
                "plug", item.plug(), "name", item.name(), "values", item.values(), "placement", item.placement()));
        return item.bundle().substring(0, DIGITS) + "/" + configuration.substring(0, DIGITS);
    }

    /** Whether the item lives in the jail. */
    public static boolean jailed(Item item) {
        return item.placement().equals(JAIL);
    }

    /** What a release may hold once: a plug's instance under its name. */
    public static String key(Item item) {
        return item.plug() + "/" + item.name();
    }
}
