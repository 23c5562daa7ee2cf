/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.node.DataFolder;
import ai.king.engine.evolution.node.JarCache;
import ai.king.engine.evolution.watch.Facts;
import ai.king.engine.evolution.watch.Metric;
import ai.king.engine.evolution.watch.Reckoning;
import ai.king.engine.evolution.watch.Symptom;
import ai.king.gate.Controls;
import ai.king.store.Payloads;
import ai.king.store.Store;
import ai.king.work.Goals;
import ai.king.work.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at how the agents do, on one node of the cluster at a time, and proposes at most one change a UTC day; later it
 * measures what became of what was proposed. Off unless a site turns it on.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "ai.king.engine.evolution.watch")
@Designate(ocd = Lookout.Config.class)
public final class Lookout {

    @ObjectClassDefinition(name = "Evolution watch", description = "What the platform proposes by itself")
    @interface Config {
        @AttributeDefinition(description = "Whether it looks and proposes at all")
        boolean enabled() default false;

        @AttributeDefinition(description = "Hours between two looks")
        int hours() default 6;

        @AttributeDefinition(description = "Days that a look goes back, and that a second measurement may take")
        int windowDays() default 14;

        @AttributeDefinition(description = "Steps that a look reads at most, the newest")
        int mostSteps() default 5000;

        @AttributeDefinition(description = "Samples that a measurement needs at least")
        int leastSamples() default 20;

        @AttributeDefinition(description = "Different goals that must have asked for a skill that is missing")
        int leastRequests() default 3;

        @AttributeDefinition(description = "Percent of an agent's tries that may fail")
        int failedPercent() default 20;

        @AttributeDefinition(description = "Percent of an agent's steps that may fail because nothing answered in time")
        int timedOutPercent() default 10;

        @AttributeDefinition(description = "Percent of an agent's questions that people may refuse")
        int refusedPercent() default 50;

        @AttributeDefinition(description = "Seconds that half of an agent's steps may take")
        int slowSeconds() default 120;

        @AttributeDefinition(description = "Tokens of models that an agent may use for a step")
        int tokensPerStep() default 50_000;

        @AttributeDefinition(description = "Percent by which less must be measured to be better")
        int betterPercent() default 20;

        @AttributeDefinition(description = "Days in which the same is not proposed again")
        int againDays() default 30;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final String JOB = "evolution.watch";

    private final Watch watch;
    private final @Nullable AutoCloseable job;
    private final Controls controls;

    @Activate
    public Lookout(
            BundleContext context,
            @Reference Store store,
            @Reference Payloads payloads,
            @Reference Goals goals,
            @Reference Controls controls,
            @Reference Schedules schedules,
            Config config)
            throws IOException {
        this.controls = controls;
        JarCache cache = new JarCache(DataFolder.of(context), "watched");
        cache.keep(Set.of());
        watch = new Watch(store, goals, new Intake(store, payloads), new Candidates(cache, payloads), settings(config));
        job = config.enabled() ? schedules.every(JOB, Duration.ofHours(config.hours()), this::look) : null;
    }

    private static Watch.Settings settings(Config config) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.FAILED_TRIES, (double) config.failedPercent());
        values.put(Metric.TIMED_OUT, (double) config.timedOutPercent());
        values.put(Metric.REFUSED, (double) config.refusedPercent());
        values.put(Metric.SLOW, config.slowSeconds() * 1000.0);
        values.put(Metric.TOKENS, (double) config.tokensPerStep());
        // One goal in a hundred that nobody can do is the measure of the others.
        values.put(Metric.MISSING_SKILL, 1.0);
        Duration window = Duration.ofDays(config.windowDays());
        return new Watch.Settings(
                window,
                config.mostSteps(),
                new Symptom.Limits(config.leastSamples(), config.leastRequests(), values),
                new Reckoning(config.betterPercent(), window),
                Duration.ofDays(config.againDays()));
    }

    @Deactivate
    void stop() throws Exception {
        if (job != null) {
            job.close();
        }
    }

    private void look() {
        if (controls.paused()) {
            LOG.debug("Nothing is proposed while the platform is paused");
            return;
        }
        Facts facts = watch.look();
        LOG.debug("Looked at {} steps since {}", facts.deeds().size(), facts.from());
    }
}
