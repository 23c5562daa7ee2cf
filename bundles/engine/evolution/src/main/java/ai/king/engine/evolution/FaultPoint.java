/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Proposal.Status;
import ai.king.store.Tx;
import ai.king.work.FaultPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The moves of the pipeline around whose commit a death of the process matters, and the places between two of them on a
 * node; tests kill it at each. The name is {@code evolution.<move>.before} or {@code .after}, on a node
 * {@code evolution.<place>}.
 */
public enum FaultPoint {
    /** The first release of a database. */
    FIRST,
    /** A proposal is taken in. */
    DRAFT,
    VALIDATING,
    READY,
    APPROVED,
    REJECTED,
    WITHDRAWN,
    FAILED,
    /** A node was told to install the candidate. */
    STAGED,
    CANARY,
    /** All nodes take part. */
    WIDENED,
    COMPLETED,
    ROLLED_BACK,
    /** A node is about to change what runs. */
    INSTALLING,
    /** All that must run is there; calls go where they went before. */
    INSTALLED,
    /** Calls go where they should. */
    DIRECTED,
    /** What is not wanted any more is about to be taken out. */
    RETIRING;

    static FaultPoint of(Status status) {
        return valueOf(status.name());
    }

    private boolean place() {
        return compareTo(INSTALLING) >= 0;
    }

    /** The values of {@code king.fault} that name it. */
    public List<String> labels() {
        return place() ? List.of(label("")) : List.of(label(".before"), label(".after"));
    }

    /** All of them. */
    public static List<String> all() {
        List<String> all = new ArrayList<>();
        for (FaultPoint point : values()) {
            all.addAll(point.labels());
        }
        return all;
    }

    private String label(String when) {
        return "evolution." + name().toLowerCase(Locale.ROOT) + when;
    }

    /** Within the transaction that makes the move: before its commit, and after it. */
    public void hit(Tx tx) {
        FaultPoints.hit(label(".before"));
        tx.afterCommit(() -> FaultPoints.hit(label(".after")));
    }

    /** At a place on a node. */
    public void hit() {
        FaultPoints.hit(label(""));
    }
}
