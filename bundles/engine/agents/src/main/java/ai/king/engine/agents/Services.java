/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agents.Memories;
import ai.king.agents.Tools;
import ai.king.business.Businesses;
import ai.king.inferences.Inferences;
import ai.king.lib.window.Tokens;
import ai.king.plug.Plugs;
import java.time.Clock;

/** What every context works with. */
record Services(
        Plugs plugs,
        Inferences inferences,
        Businesses businesses,
        Tools tools,
        Schemas schemas,
        Tokens tokens,
        Memories memories,
        Clock clock,
        Durations durations) {

    /** The same for work that only shows what would happen. */
    Services untold() {
        return new Services(plugs, inferences, businesses, tools, schemas, tokens, memories, clock, Durations.untold());
    }
}
