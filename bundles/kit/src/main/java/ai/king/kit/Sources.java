/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.util.List;

/** Checks that a report says where its figures come from. */
public final class Sources {

    private Sources() {}

    /** The blocks of a report that name no source. */
    public static List<Report.Block> missingIn(Report report) {
        return report.sections().stream()
                .flatMap(section -> section.blocks().stream())
                .filter(block -> of(block).isEmpty())
                .toList();
    }

    private static List<Source> of(Report.Block block) {
        if (block instanceof Report.Text text) {
            return text.sources();
        }
        if (block instanceof Report.Figure figure) {
            return figure.sources();
        }
        if (block instanceof Report.Table table) {
            return table.sources();
        }
        if (block instanceof Report.Chart chart) {
            return chart.sources();
        }
        return ((Report.Advice) block).sources();
    }
}
