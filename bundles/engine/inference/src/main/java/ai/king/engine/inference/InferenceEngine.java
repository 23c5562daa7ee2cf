/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.evolution.Released;
import ai.king.gate.Gate;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import ai.king.inferences.Inferences;
import ai.king.plug.Plugs;
import ai.king.signals.Signals;
import ai.king.store.Store;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes prompts to backends by risk, cost and load, around those that fail, within each business's budget. */
@Component(immediate = true, configurationPid = "ai.king.engine.inference")
@Designate(ocd = InferenceEngine.Config.class)
public final class InferenceEngine implements Inferences {

    private static final Logger LOG = LoggerFactory.getLogger(InferenceEngine.class);

    @ObjectClassDefinition(name = "Inference engine", description = "Chooses among the backends")
    @interface Config {
        @AttributeDefinition(description = "Seconds a failing backend is left alone before one call tries it again")
        int openSeconds() default 60;

        @AttributeDefinition(
                description = "Tokens a business may use on a UTC day; calls of no business share one budget")
        long budget_tokens() default 10_000_000;

        @AttributeDefinition(
                description = "What a business may spend on models on a UTC day, in the currency of king.backend.cost")
        String budget_money() default "100";

        @AttributeDefinition(
                description =
                        "Budgets of single businesses, each <business id>=<tokens>,<money>, separated by semicolons")
        String budgets() default "";
    }

    private final Adapters adapters = new Adapters();
    private final Candidates candidates;
    private final Chats chats;
    private final Embeddings embeddings;
    private final Budget budget;
    private final ScheduledThreadPoolExecutor behind;
    private Runnable atStop = () -> {};

    @Activate
    public InferenceEngine(
            Config config,
            @Reference Plugs plugs,
            @Reference Signals signals,
            @Reference Gate gate,
            @Reference Store store) {
        this(
                plugs,
                signals,
                () -> gate.active().circuitBreakerSensitivity(),
                Duration.ofSeconds(config.openSeconds()),
                Clock.systemUTC(),
                new LeasedBudget(
                        store,
                        new Limits(config.budget_tokens(), new BigDecimal(config.budget_money()), config.budgets()),
                        signals));
    }

    private InferenceEngine(
            Plugs plugs,
            Signals signals,
            Supplier<String> sensitivity,
            Duration open,
            Clock clock,
            LeasedBudget leased) {
        this(plugs, signals, sensitivity, open, clock, leased, timer());
        atStop = () -> quietly(leased::close);
        behind.scheduleWithFixedDelay(() -> quietly(leased::tidy), 1, 1, TimeUnit.SECONDS);
    }

    InferenceEngine(
            Plugs plugs,
            Signals signals,
            Supplier<String> sensitivity,
            Duration open,
            Clock clock,
            Budget budget,
            ScheduledThreadPoolExecutor behind) {
        this.budget = budget;
        this.behind = behind;
        Breakers breakers = new Breakers(sensitivity, open, clock, signals);
        candidates = new Candidates(plugs, clock, behind, breakers);
        chats = new Chats(plugs, signals, candidates, breakers, budget, adapters);
        embeddings = new Embeddings(plugs, candidates, breakers, budget);
    }

    static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                2,
                task -> {
                    Thread thread = new Thread(task, "king-inference");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** The next second tries again: what was not written stays known. */
    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("What models used is not stored yet: {}", String.valueOf(e.getMessage()));
        }
    }

    @Deactivate
    void stop() {
        behind.shutdownNow();
        atStop.run();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindReleased(Released there) {
        adapters.released(there);
    }

    void unbindReleased(Released gone) {
        adapters.gone(gone);
    }

    @Override
    public Reply chat(Prompt prompt, Need need, Listener listener) {
        return chats.chat(prompt, need, listener, paid -> {});
    }

    @Override
    public Reply chat(Prompt prompt, Need need, Listener listener, Consumer<Paid> paid) {
        return chats.chat(prompt, need, listener, paid);
    }

    @Override
    public Optional<List<float[]>> embed(List<String> texts) {
        return embeddings.embed(texts, Optional.empty());
    }

    @Override
    public Optional<List<float[]>> embed(List<String> texts, Optional<String> businessId) {
        return embeddings.embed(texts, businessId);
    }

    @Override
    public boolean canChat() {
        return candidates.all().stream()
                .anyMatch(candidate -> candidate.status().chats() && candidates.hopeful(candidate));
    }

    @Override
    public Window window(Need need) {
        return chats.window(need);
    }

    @Override
    public List<Backend> backends() {
        return candidates.all().stream().map(this::shown).toList();
    }

    private Backend shown(Candidate candidate) {
        Budget.Used today = budget.today(candidate.name());
        return new Backend(
                candidate.name(),
                candidate.provider(),
                candidate.status().models(),
                candidates.state(candidate),
                candidate.load(),
                candidate.status().detail(),
                today.tokens(),
                today.money());
    }
}
