/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.signals;

import ai.king.monitor.Signal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Takes signals of every engine to the sinks. */
@ProviderType
public interface Signals {

    /** Never blocks, never throws. */
    void emit(Signal signal);

    /** Emits an event that happens now. */
    void event(String name, Map<String, String> attributes);

    /** Adds to a counter. */
    void count(String name, double value, Map<String, String> attributes);

    /** Adds a duration in seconds to a distribution. */
    void time(String name, long nanos, Map<String, String> attributes);

    List<Sink> sinks();

    /** What a sink shows to a scraper, such as the text format of Prometheus; empty when there is none of this name. */
    Optional<String> exposition(String sink);

    /** A sink and how it keeps up. */
    record Sink(String name, long delivered, long lost, boolean failing) {}
}
