/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agents;

import ai.king.tool.ToolSpec;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The tools that are installed. */
@ProviderType
public interface Tools {

    List<Described> list();

    Optional<ToolSpec> spec(String name);

    /**
     * A tool as lists show it.
     *
     * @param state {@code READY}, or {@code MISSING} with what it misses
     */
    record Described(ToolSpec spec, String state, List<String> missing) {}
}
