/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Business.Status;
import ai.king.business.TransitionRefused;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which stage may follow which, and how long a stage takes. */
final class Stages {

    private static final Map<Status, List<Status>> NEXT = Map.of(
            Status.DISCOVERY, List.of(Status.VALIDATION),
            Status.VALIDATION, List.of(Status.SETUP, Status.DISCOVERY),
            Status.SETUP, List.of(Status.OPERATION),
            Status.OPERATION, List.of(Status.OPTIMIZATION),
            Status.OPTIMIZATION, List.of(Status.REPLICATION, Status.OPERATION),
            Status.REPLICATION, List.of(),
            Status.SUNSET, List.of());

    private static final Map<Status, Integer> TYPICAL_DAYS = Map.of(
            Status.DISCOVERY, 30,
            Status.VALIDATION, 60,
            Status.SETUP, 90,
            Status.OPERATION, 180,
            Status.OPTIMIZATION, 365);

    private Stages() {}

    /** Throws {@link TransitionRefused} when the life of a business does not go this way. */
    static void check(Status from, Status to) {
        boolean ends = to == Status.SUNSET && from != Status.SUNSET;
        if (!ends && !NEXT.getOrDefault(from, List.of()).contains(to)) {
            throw new TransitionRefused(
                    "a business in " + from + " cannot go to " + to,
                    List.of("from " + from + " it goes to " + open(from)));
        }
    }

    /** Days that a stage usually takes; empty for the last ones. */
    static Optional<Integer> typicalDays(Status stage) {
        return Optional.ofNullable(TYPICAL_DAYS.get(stage));
    }

    private static String open(Status from) {
        List<Status> next = NEXT.getOrDefault(from, List.of());
        return from == Status.SUNSET
                ? "nowhere: it is closed"
                : (next.isEmpty()
                                ? ""
                                : String.join(
                                                ", ",
                                                next.stream().map(Enum::name).toList()) + " or ") + "SUNSET";
    }
}
