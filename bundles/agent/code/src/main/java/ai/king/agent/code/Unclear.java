/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

/** What a specification leaves open, or says so that it is not understood: what must be supplied, in words for a person. */
final class Unclear extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unclear(String missing) {
        super(missing, null, false, false);
    }

    String missing() {
        return String.valueOf(getMessage());
    }
}
