/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.brain.Intent;
import ai.king.brain.Mind;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import ai.king.inferences.Inferences;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The classifiers and planners that are there, asked one after the other, highest rank first. */
public final class Brains {

    /** What nobody could tell. */
    public static final Intent NO_IDEA = new Intent(Intent.Type.COMMAND, Intent.Action.UNKNOWN, Map.of(), 0);

    private static final Duration LONGEST_THOUGHT = Duration.ofSeconds(120);
    private static final Logger LOG = LoggerFactory.getLogger(Brains.class);

    private final Plugs plugs;
    private final Inferences inferences;

    public Brains(Plugs plugs, Inferences inferences) {
        this.plugs = plugs;
        this.inferences = inferences;
    }

    /**
     * An answer.
     *
     * @param mode {@code REACT} when a model was asked for it, else {@code PLAYBOOK}
     */
    public record Found<V>(V value, String mode) {}

    /**
     * The answer of the first that has one; what one throws is its own affair.
     *
     * @param bucket goal or conversation: its world is one generation of each name
     * @param ask gets the classifier or planner and its name
     */
    public <T, V> Optional<Found<V>> first(Class<T> type, String bucket, BiFunction<T, String, Optional<V>> ask) {
        return first(type, any -> true, bucket, ask);
    }

    /** The same of those that can plan anew: the ones with a model. */
    <T, V> Optional<Found<V>> firstThatReacts(Class<T> type, String bucket, BiFunction<T, String, Optional<V>> ask) {
        return first(type, generation -> mode(generation).equals("REACT"), bucket, ask);
    }

    private <T, V> Optional<Found<V>> first(
            Class<T> type, Predicate<Generation> which, String bucket, BiFunction<T, String, Optional<V>> ask) {
        for (Generation candidate : ranked(type).stream().filter(which).toList()) {
            try (Lease<T> lease = plugs.lease(type, candidate.name(), RouteKey.of(bucket))) {
                try {
                    Optional<V> answer = ask.apply(lease.plug(), candidate.name());
                    if (answer.isPresent()) {
                        return Optional.of(new Found<>(answer.get(), mode(lease.generation())));
                    }
                } catch (RuntimeException | LinkageError e) {
                    lease.failed();
                    LOG.warn("{} {} failed on {}: {}", type.getSimpleName(), candidate.name(), bucket, text(e));
                }
            } catch (NoSuchPlug e) {
                LOG.debug("{} {} is gone", type.getSimpleName(), candidate.name());
            }
        }
        return Optional.empty();
    }

    private static String mode(Generation generation) {
        return "REACT".equals(generation.properties().get("king.brain.mode")) ? "REACT" : "PLAYBOOK";
    }

    private List<Generation> ranked(Class<?> type) {
        return plugs.current(type).stream()
                .sorted(Comparator.comparing(Brains::rank).reversed().thenComparing(Generation::name))
                .toList();
    }

    private static Integer rank(Generation generation) {
        Object rank = generation.properties().get("king.brain.rank");
        try {
            return rank == null ? 0 : Integer.valueOf(rank.toString());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Text only: an exception object would keep its plug's classes alive in a log buffer. */
    static String text(Throwable e) {
        return e.getMessage() == null ? e.getClass().getName() : e.getClass().getName() + ": " + e.getMessage();
    }

    /** The models for one thought, which may take two minutes in all. */
    public Mind mind(String bucket, Optional<String> businessId) {
        return mind(bucket, businessId, paid -> {});
    }

    /** The same, and tells what each call took. */
    Mind mind(String bucket, Optional<String> businessId, Consumer<Inferences.Paid> paid) {
        return new Models(new Inferences.Need(bucket, "LOW", false, businessId), paid);
    }

    private final class Models implements Mind {

        private final Inferences.Need need;
        private final Consumer<Inferences.Paid> paid;
        private final Patience patience = new Patience(System::nanoTime, LONGEST_THOUGHT);

        Models(Inferences.Need need, Consumer<Inferences.Paid> paid) {
            this.need = need;
            this.paid = paid;
        }

        @Override
        public boolean canChat() {
            return inferences.canChat();
        }

        @Override
        public Reply chat(Prompt prompt) {
            return patience.over()
                    ? new Reply.Unavailable("it was thought about for too long", true, Optional.empty())
                    : inferences.chat(prompt, need, patience.listener(), paid);
        }

        @Override
        public Window window() {
            return inferences.window(need);
        }

        @Override
        public Optional<List<float[]>> embed(List<String> texts) {
            return inferences.embed(texts, need.businessId());
        }
    }
}
