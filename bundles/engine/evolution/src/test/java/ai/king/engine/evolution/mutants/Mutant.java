/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

import java.util.Map;
import java.util.SortedMap;

/**
 * A changed agent.
 *
 * @param no its number within a run
 * @param what was changed
 */
public record Mutant(int no, Family family, String what, Reference of, Form form) {

    /** How it is proposed. */
    public sealed interface Form {}

    /**
     * A jar, with the tests among the files.
     *
     * @param symbolicName of the bundle
     * @param files texts by path
     * @param headers of the manifest, or instructions
     */
    public record Bundle(String symbolicName, SortedMap<String, String> files, Map<String, String> headers)
            implements Form {}

    /** Source that the jail builds. */
    public record Source(SortedMap<String, String> files) implements Form {}

    /** Other values of a configuration. */
    public record Values(Map<String, Object> change) implements Form {}
}
