/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import java.time.Duration;
import java.util.Optional;

/**
 * What a node leaves out so that it comes up: the trial that it did not survive, and after three boots that did not become good
 * all plugs, until the permanent release is another one. Used by the reconciler's thread, but for {@link #crashedTrial}.
 */
final class SafeStart {

    static final String WITHOUT_PLUGS =
            "runs without plugs: three boots did not become ready; roll a proposal back or start with --retry";

    private final Boots boots;
    private final Duration settle;
    private final long booted = System.nanoTime();
    private boolean settled;
    private long safePermanent = -1;

    /** @param settle after which a boot that applied its release counts as good */
    SafeStart(Boots boots, Duration settle) {
        this.boots = boots;
        this.settle = settle;
    }

    Optional<String> crashedTrial() {
        return boots.crashedTrial();
    }

    boolean failing() {
        return boots.failing();
    }

    /** Whether nothing is installed, whatever the release says. */
    boolean withoutPlugs() {
        return safePermanent >= 0;
    }

    /** What of the wanted is applied; writes down which trial this node is about to run. */
    Target within(Target wanted, boolean applied) {
        Target target = safe(withoutCrashed(wanted), applied);
        boots.trial(target.trial()
                .map(Target.OnTrial::proposal)
                .orElse(boots.crashedTrial()
                        .filter(id ->
                                wanted.trial().map(Target.OnTrial::proposal).equals(Optional.of(id)))
                        .orElse("")));
        return target;
    }

    /** A trial that this node did not survive is not started again here. */
    private Target withoutCrashed(Target wanted) {
        return boots.crashedTrial()
                .filter(id -> wanted.trial().map(Target.OnTrial::proposal).equals(Optional.of(id)))
                .map(id -> new Target(wanted.release(), wanted.items(), Optional.empty(), wanted.kept()))
                .orElse(wanted);
    }

    /** After three bad boots nothing is installed until the permanent release is another one. */
    private Target safe(Target wanted, boolean applied) {
        if (!applied && boots.failing()) {
            safePermanent = wanted.release();
        }
        if (safePermanent >= 0 && safePermanent != wanted.release()) {
            safePermanent = -1;
        }
        return safePermanent >= 0 ? Target.nothing(wanted.release()) : wanted;
    }

    void settle(boolean applied) {
        if (!settled && applied && System.nanoTime() - booted > settle.toNanos()) {
            boots.ready();
            settled = true;
        }
    }

    void orderly(boolean applied) {
        boots.orderly(applied);
    }
}
