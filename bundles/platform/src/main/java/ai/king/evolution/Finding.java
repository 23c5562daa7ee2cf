/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.evolution;

/**
 * What a check found.
 *
 * @param detail what a person needs to know: what to change and where
 */
public record Finding(String check, Verdict verdict, String detail, long durationMillis) {

    /** NOT_ASSESSED refuses where the check is required. */
    public enum Verdict {
        PASS,
        FAIL,
        NOT_ASSESSED
    }
}
