/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

import java.util.List;

/** A business cannot move to a stage; says what is not met. */
public final class TransitionRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> unmet;

    public TransitionRefused(String message, List<String> unmet) {
        super(message);
        this.unmet = List.copyOf(unmet);
    }

    public List<String> unmet() {
        return unmet;
    }
}
