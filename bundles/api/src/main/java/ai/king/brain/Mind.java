/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain;

import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The models a classifier or planner may use; given with each call. */
@ProviderType
public interface Mind {

    /** Whether a model that chats is there now. */
    boolean canChat();

    /** Asks a model. */
    Reply chat(Prompt prompt);

    /** How much the model reads that would be asked now. */
    default Window window() {
        return Window.usual();
    }

    /** Vectors for texts, in order; empty when no backend embeds. */
    Optional<List<float[]>> embed(List<String> texts);
}
