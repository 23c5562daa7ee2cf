/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.monitor.prometheus;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.monitor.MonitoringSink;
import ai.king.monitor.Signal;
import ai.king.monitor.SinkName;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Adds measures up and shows them in the text format of Prometheus; events are counted, spans become durations. */
@Component(
        configurationPid = "ai.king.monitor.prometheus",
        configurationPolicy = REQUIRE,
        property = "king.reaches=file:prometheus.properties")
@Designate(ocd = PrometheusSink.Config.class, factory = true)
@SinkName("prometheus")
public final class PrometheusSink implements MonitoringSink {

    @ObjectClassDefinition(name = "Prometheus sink", description = "Keeps measures for a scraper")
    @interface Config {
        @AttributeDefinition(description = "Text put before every metric's name")
        String prefix() default "king_";

        @AttributeDefinition(
                description = "Series kept at most; measures that would begin another are dropped and counted")
        int max_series() default 10_000;
    }

    private final Series series;

    @Activate
    public PrometheusSink(Config config) {
        series = new Series(config.prefix(), config.max_series());
    }

    @Override
    public void accept(List<Signal> signals) {
        signals.forEach(series::add);
    }

    @Override
    public Optional<String> exposition() {
        return Optional.of(series.text());
    }
}
