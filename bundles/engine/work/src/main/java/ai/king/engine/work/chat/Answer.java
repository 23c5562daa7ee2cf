/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.agent.Source;
import ai.king.work.Exchange;
import java.util.List;

/**
 * What is answered.
 *
 * @param sources where its figures come from
 * @param next what the person may do then
 */
record Answer(String text, List<Source> sources, List<Exchange.Next> next) {

    static Answer of(String text, Source... sources) {
        return new Answer(text, List.of(sources), List.of());
    }

    static Answer of(String text, List<Source> sources) {
        return new Answer(text, sources, List.of());
    }
}
