/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool;

/** What an action does to the world; the gate's rules start from it. */
public enum Effect {
    /** Reads what the platform holds. */
    READ,
    /** Reads from outside: a search, a page. */
    READ_OUTSIDE,
    /** Changes the business inside: records, drafts, prices, stock. */
    WRITE,
    /** Puts something before the public. */
    PUBLISH,
    /** Spends money; the tool declares where the amount stands. */
    SPEND,
    /** Sends, signs or terminates something with legal force. */
    LEGAL,
    /** Changes code that runs. */
    CODE,
    /** Changes infrastructure. */
    INFRASTRUCTURE;

    /** True for every effect that must be recorded before it happens: all but the two kinds of reading. */
    public boolean changes() {
        return this != READ && this != READ_OUTSIDE;
    }
}
