/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

import ai.king.store.Tx;
import org.osgi.annotation.versioning.ConsumerType;

/** Implemented by engines whose matter waits for an approval; found in the service registry. */
@ConsumerType
public interface DecisionListener {

    /** The subject kind this listener handles. */
    String subjectKind();

    /** Called in the transaction that decided: APPROVED, REJECTED or EXPIRED. Throwing undoes the vote. */
    void decided(Tx tx, Approval approval);
}
