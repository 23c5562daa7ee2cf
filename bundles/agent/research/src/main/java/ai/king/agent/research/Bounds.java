/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

/**
 * How far one task goes.
 *
 * @param searches asked at most
 * @param pages read at most
 * @param characters of one page
 * @param sources named at most; of competitors; of a market
 * @param dated results that a trend needs at least
 */
record Bounds(int searches, int pages, int characters, int sources, int competitors, int market, int dated) {

    int sources(Skill skill) {
        return switch (skill) {
            case COMPETITOR_ANALYSIS -> competitors;
            case MARKET_RESEARCH -> market;
            default -> sources;
        };
    }
}
