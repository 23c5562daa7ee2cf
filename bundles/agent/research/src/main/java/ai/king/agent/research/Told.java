/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.util.List;
import java.util.Map;

/** What the results say together: a section for the person, values for the steps that come after. */
record Told(Report.Section section, Map<String, Object> data) {

    static final String NO_DATA = "no data";

    static Told nothing(String heading, String figure, String why, String key) {
        return new Told(
                new Report.Section(
                        heading, List.of(new Report.Figure(figure, NO_DATA, "", List.of(new Source.Formula(why))))),
                Map.of(key, NO_DATA));
    }
}
