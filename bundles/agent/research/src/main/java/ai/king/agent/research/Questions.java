/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a goal into the questions it asks. */
final class Questions {

    private static final int MOST = 8;
    private static final int SHORTEST = 15;

    /** Clauses that say how to work, not what to find out. */
    private static final Pattern HOW_TO_WORK =
            Pattern.compile("(?i)^(use|ask|say|write|show|tell|please|make sure)\\b");

    private Questions() {}

    static List<String> in(String goal) {
        List<String> parts = Arrays.stream(goal.split("[.;:?!]\\s+|[.;:?!]$|\\R\\s*\\R"))
                .map(part -> part.replaceAll("\\s+", " ").trim().replaceFirst("^and ", ""))
                .filter(part -> !HOW_TO_WORK.matcher(part).find())
                .filter(part -> part.length() >= SHORTEST)
                .limit(MOST)
                .toList();
        return parts.isEmpty() ? List.of(goal.replaceAll("\\s+", " ").trim()) : parts;
    }
}
