/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import ai.king.agent.Report;
import java.util.List;
import java.util.Map;

/** One way of looking at a business. */
interface Analysis {

    Finding of(Book book);

    /**
     * What was found.
     *
     * @param data for the steps that come after; empty when there was nothing to look at
     * @param missing kinds of records without which it cannot be done
     */
    record Finding(Report.Section section, Map<String, Object> data, List<String> missing) {

        /** Says which records are missing; never a zero in their place. */
        static Finding noData(String heading, String... kinds) {
            String text = "No data: the business has no records of kind " + String.join(", ", kinds) + ".";
            return new Finding(
                    new Report.Section(heading, List.of(new Report.Text(text, List.of()))),
                    Map.of(),
                    java.util.Arrays.stream(kinds)
                            .map(kind -> "records of kind " + kind)
                            .toList());
        }
    }
}
