/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.evolution.Release.Item;
import ai.king.evolution.Released;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.plug.Hash;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The shares of a backend's goals that go to its adapters, as the release says. One goal always has the same; an adapter that
 * the backend does not serve just now has none. A prompt that names a model keeps it.
 */
final class Adapters {

    private static final String TYPE = "Model";
    private static final int PARTS_OF_PERCENT = 100;

    private volatile @Nullable Released released;

    void released(@Nullable Released there) {
        released = there;
    }

    void gone(Released gone) {
        released = released == gone ? null : released;
    }

    /** The prompt with the adapter that the goal's share names, or as it is. */
    Prompt chosen(Prompt prompt, Candidate backend, String bucket) {
        Released there = released;
        if (there == null || prompt.model().isPresent()) {
            return prompt;
        }
        return adapter(there.items(TYPE, bucket), backend, bucket)
                .map(adapter -> new Prompt(
                        Optional.of(adapter),
                        prompt.messages(),
                        prompt.functions(),
                        prompt.temperature(),
                        prompt.maxTokens()))
                .orElse(prompt);
    }

    private static Optional<String> adapter(List<Item> shares, Candidate backend, String bucket) {
        List<Item> own = shares.stream()
                .filter(item -> backend.name().equals(item.values().get("backend")))
                .sorted(Comparator.comparing(Item::name))
                .toList();
        int at = own.isEmpty() ? 0 : Hash.share("model " + backend.name(), bucket);
        int below = 0;
        for (Item item : own) {
            below += weight(item) * PARTS_OF_PERCENT;
            if (at < below) {
                String adapter = String.valueOf(item.values().get("adapter"));
                return Optional.of(adapter).filter(backend.status().models()::contains);
            }
        }
        return Optional.empty();
    }

    private static int weight(Item item) {
        return item.values().get("weight") instanceof Number weight ? weight.intValue() : 0;
    }

    /** Tells the trial of a share how a call went that the share decided about. */
    void told(Prompt asked, Candidate backend, String bucket, long nanos, Reply reply) {
        Released there = released;
        if (there != null && asked.model().isEmpty()) {
            there.count(TYPE, backend.name(), bucket, nanos, reply instanceof Reply.Unavailable);
        }
    }
}
