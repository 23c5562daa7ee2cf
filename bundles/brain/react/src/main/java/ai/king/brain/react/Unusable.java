/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.react;

/** What a model wrote cannot be used; the message tells the model why. */
final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String fault;

    Unusable(String fault) {
        super(fault, null, false, false);
        this.fault = fault;
    }

    String fault() {
        return fault;
    }
}
