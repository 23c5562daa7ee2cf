/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

import java.util.Map;

/**
 * What is built into an agent.
 *
 * @param members of its class, more
 * @param start statements at the start of its constructor
 * @param work statements at the start of {@code perform}
 * @param files more files: text by path; {@code %s} is the agent's package, in the path as a folder
 * @param headers of the bundle; {@code Bundle-SymbolicName} replaces its own
 */
record Trick(
        String what,
        String members,
        String start,
        String work,
        Map<String, String> files,
        Map<String, String> headers) {

    static Trick member(String what, String members) {
        return new Trick(what, members, "", "", Map.of(), Map.of());
    }

    static Trick start(String what, String statements) {
        return new Trick(what, "", statements, "", Map.of(), Map.of());
    }

    static Trick work(String what, String statements) {
        return new Trick(what, "", "", statements, Map.of(), Map.of());
    }

    static Trick work(String what, String members, String statements) {
        return new Trick(what, members, "", statements, Map.of(), Map.of());
    }

    static Trick file(String what, String path, String text) {
        return new Trick(what, "", "", "", Map.of(path, text), Map.of());
    }

    static Trick header(String what, String name, String value) {
        return new Trick(what, "", "", "", Map.of(), Map.of(name, value));
    }
}
