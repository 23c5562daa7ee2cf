/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One operation. The platform calls it only behind the gate, on a thread of its own, possibly many calls at once;
 * a call may block and must return soon after an interrupt.
 */
@ConsumerType
public interface Tool {

    /** The description of this tool; the same value for the life of the instance. */
    ToolSpec spec();

    /**
     * What every call would miss now, one entry a thing: a key, a setting. Empty when it can be called. Read when tools are
     * listed: it looks at the configuration and asks nobody. A call answers {@link ToolResult.Missing} with the same.
     */
    default List<String> missing() {
        return List.of();
    }

    /**
     * Performs the operation. The same {@link ToolCall#key() key} never has a second effect: a repeated key answers
     * the first result. An exception means "it cannot be told whether it happened".
     */
    ToolResult invoke(ToolCall call);

    /** Tells what became of a key whose answer was lost; empty when this tool cannot tell. */
    Optional<ToolResult> lookup(String key);
}
