/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

import ai.king.store.Tx;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Judges every effect. The strictest of all profiles that apply wins; no rule means ask. */
@ProviderType
public interface Gate {

    /**
     * Judges in the transaction that records the intent: Allow has reserved the daily count and sum under the call's key;
     * Ask has stored the approval, or found the open one of this key. An approved approval with the same payload hash
     * allows, once.
     */
    Verdict judge(Tx tx, Action action);

    /** What judging would say now, storing nothing; for dry runs. */
    Verdict foresee(Action action);

    /** Gives back a reservation: the call surely did not happen. */
    void release(Tx tx, String callKey);

    /** The profiles. */
    List<RiskProfile> profiles();

    /** The active profile. */
    RiskProfile active();

    /** Whether effects may start; false while paused. */
    boolean paused();
}
