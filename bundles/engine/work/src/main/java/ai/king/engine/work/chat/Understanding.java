/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.brain.Intent;
import ai.king.brain.IntentClassifier;
import ai.king.brain.Mind;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import ai.king.inferences.Inferences;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a message wants, by the classifiers that are there, highest rank first. Never an exception to the person. */
final class Understanding {

    /** Nobody could tell. */
    static final Intent UNKNOWN = new Intent(Intent.Type.COMMAND, Intent.Action.UNKNOWN, Map.of(), 0);

    private static final Logger LOG = LoggerFactory.getLogger(Understanding.class);

    private final Plugs plugs;
    private final Inferences inferences;

    Understanding(Plugs plugs, Inferences inferences) {
        this.plugs = plugs;
        this.inferences = inferences;
    }

    Intent of(String message, String conversation) {
        Mind mind = new Models(conversation);
        List<Generation> ranked = plugs.current(IntentClassifier.class).stream()
                .sorted(Comparator.comparing(Understanding::rank).reversed().thenComparing(Generation::name))
                .toList();
        for (Generation candidate : ranked) {
            try (Lease<IntentClassifier> lease =
                    plugs.lease(IntentClassifier.class, candidate.name(), RouteKey.of(conversation))) {
                Optional<Intent> intent = asked(lease, message, mind);
                if (intent.isPresent()) {
                    return intent.get();
                }
            } catch (NoSuchPlug e) {
                LOG.debug("classifier {} is gone", candidate.name());
            }
        }
        return UNKNOWN;
    }

    private static Optional<Intent> asked(Lease<IntentClassifier> lease, String message, Mind mind) {
        try {
            return lease.plug().classify(message, mind);
        } catch (RuntimeException | LinkageError e) {
            lease.failed();
            // Text only: an exception object would keep its plug's classes alive in a log buffer.
            LOG.warn("a classifier failed on a message: {}", e.toString());
            return Optional.empty();
        }
    }

    private static int rank(Generation generation) {
        try {
            return Integer.parseInt(String.valueOf(generation.properties().getOrDefault("king.brain.rank", "0")));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The models of a conversation. */
    private final class Models implements Mind {

        private final Inferences.Need need;

        Models(String conversation) {
            need = new Inferences.Need(conversation, "LOW", false, Optional.empty());
        }

        @Override
        public boolean canChat() {
            return inferences.canChat();
        }

        @Override
        public Reply chat(Prompt prompt) {
            return inferences.chat(prompt, need, Listener.none());
        }

        @Override
        public Window window() {
            return inferences.window(need);
        }

        @Override
        public Optional<List<float[]>> embed(List<String> texts) {
            return inferences.embed(texts);
        }
    }
}
