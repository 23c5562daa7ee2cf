/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

/** Takes the performing thread out of an agent; an error, so that a plain catch of exceptions lets it through. */
final class Unwound extends Error {
    private static final long serialVersionUID = 1;

    Unwound() {
        super("the step does not go on here now", null, false, false);
    }
}
