/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

/** What the gate says. */
public sealed interface Verdict {

    /** Go ahead; what counts against a daily limit is reserved. */
    record Allow() implements Verdict {}

    /** A person must decide; the approval stands open in the store. */
    record Ask(Approval approval) implements Verdict {}

    /** Never: rejected, expired, over a limit, in a currency without a rate. */
    record Deny(String reason) implements Verdict {}
}
