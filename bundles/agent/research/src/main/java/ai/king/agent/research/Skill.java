/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import java.util.Arrays;
import java.util.Optional;

/** What this agent looks up on the web. */
enum Skill {
    WEB_SEARCH("web_search", "What do the sources say on this: "),
    MARKET_RESEARCH(
            "market_research", "What do the sources say of the size, the growth and the customers of this market: "),
    COMPETITOR_ANALYSIS("competitor_analysis", "Who competes here by the sources, and by what: "),
    TREND_ANALYSIS("trend_analysis", "What changes here by the sources, and since when: "),
    PRODUCT_RESEARCH("product_research", "What is offered here by the sources, at which prices: ");

    private static final int COUNTED = 50;

    private final String action;
    private final String question;

    Skill(String action, String question) {
        this.action = action;
        this.question = question;
    }

    /** What a model is asked about the findings. */
    String asks(String topic) {
        return question + topic;
    }

    String action() {
        return action;
    }

    /** Results asked of one search: a trend counts them, the others name them as sources. */
    int results(int sources) {
        return this == TREND_ANALYSIS ? Math.max(sources, COUNTED) : sources;
    }

    static Optional<Skill> named(String action) {
        return Arrays.stream(values())
                .filter(skill -> skill.action.equals(action))
                .findFirst();
    }
}
