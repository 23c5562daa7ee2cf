/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agents;

import ai.king.tool.ToolSpec;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The tools that are installed, and those that agents ask for. */
@ProviderType
public interface Tools {

    /** All of them in ascending order of name: those that can be called, and those that miss something. */
    List<Described> list();

    Optional<ToolSpec> spec(String name);

    /**
     * A tool as lists show it.
     *
     * @param spec empty when no bundle offers a tool of this name and only agents name it
     * @param state {@code READY}, or {@code MISSING} with what it misses
     */
    record Described(String name, Optional<ToolSpec> spec, String state, List<String> missing) {}
}
