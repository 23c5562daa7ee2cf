/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.jar;

import java.util.List;

/**
 * A library that stands in a jar with its Maven descriptor.
 *
 * @param licences names or addresses as its pom gives them; empty where that says none itself
 */
public record Library(String group, String artifact, String version, List<String> licences) {

    public String name() {
        return group + ":" + artifact;
    }

    @Override
    public String toString() {
        return name() + ":" + version;
    }

    /** Whether a package of classes is likely its own: it begins as the group does, or holds the artifact's name. */
    boolean holds(String javaPackage) {
        String[] parts = group.split("\\.");
        String start = parts.length > 1 ? parts[0] + "." + parts[1] : group;
        return javaPackage.equals(start)
                || javaPackage.startsWith(start + ".")
                || ("." + javaPackage + ".").contains("." + artifact.replace('-', '.') + ".");
    }
}
