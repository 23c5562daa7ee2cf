/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import java.util.Arrays;
import java.util.List;

/** Cuts a goal into the questions it asks. */
final class Questions {

    private static final int MOST = 8;
    private static final int SHORTEST = 15;

    private Questions() {}

    static List<String> in(String goal) {
        List<String> parts = Arrays.stream(goal.split("[.;:?!]\\s+|[.;:?!]$|\\R\\s*\\R"))
                .map(part -> part.replaceAll("\\s+", " ").trim())
                .filter(part -> part.length() >= SHORTEST)
                .limit(MOST)
                .toList();
        return parts.isEmpty() ? List.of(goal.replaceAll("\\s+", " ").trim()) : parts;
    }
}
