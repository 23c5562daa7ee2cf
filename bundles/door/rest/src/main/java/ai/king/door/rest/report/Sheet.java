/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest.report;

import ai.king.agent.Report;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report with what stands above it.
 *
 * @param goal the goal in the person's words
 * @param status where the goal stands
 * @param remarks what a reader must know first: steps that failed or wait, and why
 */
public record Sheet(
        String goalId,
        String goal,
        String status,
        @Nullable String business,
        Instant made,
        List<String> remarks,
        Report report) {}
