/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import java.util.Arrays;
import java.util.Optional;

/** What this agent looks up on the web. */
enum Skill {
    WEB_SEARCH("web_search"),
    MARKET_RESEARCH("market_research"),
    COMPETITOR_ANALYSIS("competitor_analysis"),
    TREND_ANALYSIS("trend_analysis"),
    PRODUCT_RESEARCH("product_research");

    private final String action;

    Skill(String action) {
        this.action = action;
    }

    String action() {
        return action;
    }

    static Optional<Skill> named(String action) {
        return Arrays.stream(values())
                .filter(skill -> skill.action.equals(action))
                .findFirst();
    }
}
