/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.monitor.log;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.monitor.MonitoringSink;
import ai.king.monitor.Signal;
import ai.king.monitor.SinkName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the log {@code king.signals}, one line each; measures and spans only when asked to. */
@Component(configurationPid = "ai.king.monitor.log", configurationPolicy = REQUIRE, property = "king.reaches=none")
@Designate(ocd = LogSink.Config.class, factory = true)
@SinkName("log")
public final class LogSink implements MonitoringSink {

    @ObjectClassDefinition(name = "Log sink", description = "Writes signals to the log")
    @interface Config {
        @AttributeDefinition(description = "Whether measures and spans are written, too")
        boolean measures() default false;
    }

    private static final Logger LOG = LoggerFactory.getLogger("king.signals");

    private final boolean measures;

    @Activate
    public LogSink(Config config) {
        measures = config.measures();
    }

    @Override
    public void accept(List<Signal> signals) {
        for (Signal signal : signals) {
            if (measures || signal instanceof Signal.Event) {
                LOG.info("{}", line(signal));
            }
        }
    }

    /** {@code name value key=value ...}, keys in order, control characters made visible so that one signal is one line. */
    static String line(Signal signal) {
        StringBuilder line = new StringBuilder(signal.name());
        if (signal instanceof Signal.Measure measure) {
            line.append(' ').append(measure.value()).append(' ').append(measure.unit());
        } else if (signal instanceof Signal.Span span) {
            line.append(' ').append(span.durationNanos()).append("ns").append(span.error() ? " error" : "");
        }
        for (Map.Entry<String, String> attribute : new TreeMap<>(signal.attributes()).entrySet()) {
            line.append(' ').append(attribute.getKey()).append('=').append(attribute.getValue());
        }
        return line.toString().replaceAll("\\p{Cntrl}", "?");
    }
}
