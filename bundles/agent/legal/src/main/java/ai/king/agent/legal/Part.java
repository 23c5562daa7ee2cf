/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import ai.king.agent.Report;
import java.util.List;
import java.util.Map;

/**
 * What one skill found.
 *
 * @param data for the steps that come after; empty when there was nothing to work on
 * @param missing what it could not work without, and what a lawyer has to say
 */
record Part(Map<String, Object> data, List<Report.Section> sections, List<String> missing) {}
