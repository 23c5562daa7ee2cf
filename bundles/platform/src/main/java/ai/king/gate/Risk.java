/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

/** How much is at stake, lowest first. */
public enum Risk {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    public Risk atLeast(Risk other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
