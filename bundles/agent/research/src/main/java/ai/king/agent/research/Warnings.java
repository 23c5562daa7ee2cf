/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.Report;
import java.util.List;
import java.util.Optional;

/** Sentences that speak to whoever reads them as if they could give orders: shown to a person and not followed. */
final class Warnings {

    private Warnings() {}

    static Optional<Report.Section> of(List<Passage> passages, String heading) {
        List<Report.Block> blocks = passages.stream()
                .filter(Passage::givesOrders)
                .<Report.Block>map(passage -> new Report.Advice(
                        "Look at " + passage.document().name() + ": it tries to instruct its reader",
                        "“" + passage.text() + "” was read as text and not followed",
                        List.of(passage.source())))
                .toList();
        return blocks.isEmpty() ? Optional.empty() : Optional.of(new Report.Section(heading, blocks));
    }
}
