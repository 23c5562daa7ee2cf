/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.plug;

/**
 * How one generation stands.
 *
 * @param weight percent of the buckets, 0 to 100
 * @param inFlight leases not yet returned
 * @param calls leases returned since it appeared
 * @param errors those marked failed
 * @param buckets distinct goals or tasks it served as the generation on trial, counted to 1,000
 */
public record Route(
        Generation generation,
        State state,
        int weight,
        int inFlight,
        long calls,
        long errors,
        double p50Millis,
        double p95Millis,
        double p99Millis,
        int buckets) {

    /** What a generation does. */
    public enum State {
        /** Takes the calls of its buckets. */
        ACTIVE,
        /** Takes the calls of a trial's share. */
        CANARY,
        /** Takes no new calls; some are still under way. */
        DRAINING,
        /** Takes no calls, stays started as the way back. */
        STANDBY
    }
}
