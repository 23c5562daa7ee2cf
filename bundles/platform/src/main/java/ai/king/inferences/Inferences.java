/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inferences;

import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import ai.king.tool.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Routes prompts to backends. */
@ProviderType
public interface Inferences {

    /** Asks the backend that fits the need, the next one when it fails retriably; holds its lease until the last frame. */
    Reply chat(Prompt prompt, Need need, Listener listener);

    /** The same, and tells what each backend that was asked took; on the caller's thread, before this returns. */
    default Reply chat(Prompt prompt, Need need, Listener listener, Consumer<Paid> paid) {
        return chat(prompt, need, listener);
    }

    /** Vectors from the first backend that embeds; empty when there is none. */
    Optional<List<float[]>> embed(List<String> texts);

    /** The same; where it costs something, the business pays it that it is done for. */
    default Optional<List<float[]>> embed(List<String> texts, Optional<String> businessId) {
        return embed(texts);
    }

    /** Whether a backend that can chat is well: the mode is REACT when a ReAct planner is there, too. */
    boolean canChat();

    /** The window of the model that would be asked first; the usual one where its backend does not say. */
    default Window window(Need need) {
        return Window.usual();
    }

    List<Backend> backends();

    /**
     * What a call needs.
     *
     * @param bucket goal, task or conversation: decides between generations
     * @param caller who asked by name through a door, for the ledger
     */
    record Need(
            String bucket,
            String risk,
            boolean requiresAccuracy,
            Optional<String> businessId,
            Optional<String> caller) {

        /** Of the platform's own work. */
        public Need(String bucket, String risk, boolean requiresAccuracy, Optional<String> businessId) {
            this(bucket, risk, requiresAccuracy, businessId, Optional.empty());
        }
    }

    /**
     * What one call of a model took.
     *
     * @param model as the backend named it in its answer; else the one that was asked
     * @param cost empty where its backend is configured with no price for the model
     */
    record Paid(String backend, String model, long promptTokens, long completionTokens, Optional<Money> cost) {}

    /**
     * A backend as lists show it.
     *
     * @param state {@code UP}, {@code DOWN} or {@code HALF_OPEN}
     * @param tokensToday used since midnight UTC, on all nodes
     * @param costToday what they cost, in the currency of the backends' costs
     */
    record Backend(
            String name,
            String provider,
            List<String> models,
            String state,
            double load,
            String detail,
            long tokensToday,
            BigDecimal costToday) {}
}
