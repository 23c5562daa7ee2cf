/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.finance;

import ai.king.agent.Report;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One part of the money side. */
interface Statement {

    Result of(Books books);

    /**
     * What came out.
     *
     * @param data for the steps that come after; empty when it could not be worked out
     * @param missing what it would take
     */
    record Result(Report.Section section, Map<String, Object> data, List<String> missing) {

        static Result of(String heading, List<Report.Block> blocks, Map<String, Object> data) {
            return new Result(new Report.Section(heading, blocks), data, List.of());
        }

        /** Says what is missing; never a zero in its place. */
        static Result noData(String heading, String... needs) {
            return new Result(
                    new Report.Section(
                            heading,
                            List.of(new Report.Text(
                                    "No data: it takes " + String.join(" and ", needs) + ".", List.of()))),
                    Map.of(),
                    Arrays.asList(needs));
        }
    }
}
