/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.util.tracker.ServiceTracker;

/**
 * One plug that is judged.
 *
 * @param reaches what it says it reaches outside the platform; empty where it says nothing
 */
record Candidate(Family family, Object plug, List<String> reaches) {

    /** One program judges one candidate at a time. */
    private static @Nullable Candidate judged;

    static <T> List<Candidate> all(Family family, ServiceTracker<T, T> tracker) {
        return tracker.getTracked().entrySet().stream()
                .map(each -> new Candidate(
                        family, each.getValue(), texts(each.getKey().getProperty("king.reaches"))))
                .toList();
    }

    private static List<String> texts(@Nullable Object property) {
        return property instanceof String[] several
                ? Arrays.asList(several)
                : property == null ? List.of() : List.of(property.toString());
    }

    /** Those whose turn it is find it with {@link #plug(Class)}. */
    void judge() {
        judged = this;
    }

    static <T> T plug(Class<T> type) {
        return type.cast(Objects.requireNonNull(judged, "no candidate").plug());
    }

    /** Whether it says that it needs nothing that is not here: it may use files, but no host. */
    static boolean needsNoNetwork() {
        List<String> reaches = Objects.requireNonNull(judged, "no candidate").reaches();
        return !reaches.isEmpty() && reaches.stream().allMatch(each -> each.equals("none") || each.startsWith("file:"));
    }
}
