/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain;

import java.util.Map;

/**
 * What a text wants.
 *
 * @param parameters what the text says about it: names, amounts, periods
 * @param confidence 0 to 1
 */
public record Intent(Type type, Action action, Map<String, String> parameters, double confidence) {

    public Intent {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must lie in 0..1: " + confidence);
        }
    }

    /** What kind of utterance it is. */
    public enum Type {
        CONVERSATION,
        COMMAND,
        QUERY
    }

    /** What is to be done; a command without an action is UNKNOWN. */
    public enum Action {
        START_BUSINESS,
        STOP_BUSINESS,
        ANALYZE_BUSINESS,
        OPTIMIZE_BUSINESS,
        CREATE_CONTENT,
        RESEARCH_MARKET,
        GENERATE_REPORT,
        PROPOSE_EVOLUTION,
        UNKNOWN
    }
}
