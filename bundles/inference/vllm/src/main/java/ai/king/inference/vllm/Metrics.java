/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.vllm;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How busy a server is by its own metrics (Prometheus text), all engines of it together: the fuller of its places and its
 * cache; full where requests wait. Older servers call the cache {@code gpu_cache_usage_perc}.
 */
record Metrics(double running, double waiting, double cache) {

    private static final Pattern SAMPLE = Pattern.compile(
            "(?m)^vllm:(num_requests_running|num_requests_waiting|kv_cache_usage_perc|gpu_cache_usage_perc)(?:\\{[^}]*})?\\s+(\\S+)");

    /** Empty when the text holds none of them. */
    static OptionalDouble load(String text, int places) {
        double running = 0;
        double waiting = 0;
        double cache = 0;
        boolean found = false;
        Matcher samples = SAMPLE.matcher(text);
        while (samples.find()) {
            double value = Double.parseDouble(samples.group(2));
            found = true;
            switch (samples.group(1)) {
                case "num_requests_running" -> running += value;
                case "num_requests_waiting" -> waiting += value;
                default -> cache = Math.max(cache, value);
            }
        }
        return found ? OptionalDouble.of(new Metrics(running, waiting, cache).load(places)) : OptionalDouble.empty();
    }

    private double load(int places) {
        return waiting > 0 ? 1 : Math.min(1, Math.max(running / places, cache));
    }
}
