/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.plug.Generation;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** What an agent's annotation says of it, read from the service's properties. */
final class Profile {

    private Profile() {}

    /** Each {@code name: one sentence}. */
    static List<String> skills(Generation generation) {
        return several(generation, "king.agent.capabilities");
    }

    /** Names of the tools it calls. */
    static List<String> tools(Generation generation) {
        return several(generation, "king.agent.tools");
    }

    static String text(Generation generation, String property, String otherwise) {
        Object value = generation.properties().get(property);
        return value == null ? otherwise : value.toString();
    }

    private static List<String> several(Generation generation, String property) {
        Object value = generation.properties().get(property);
        if (value instanceof String[] several) {
            return Arrays.asList(several);
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }
}
