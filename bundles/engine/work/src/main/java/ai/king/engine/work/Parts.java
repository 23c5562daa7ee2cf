/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agents.Agents;
import ai.king.gate.Gate;

/** What every run of a goal works with. */
record Parts(
        Progress progress,
        Gate gate,
        Agents agents,
        Thinking thinking,
        Workers workers,
        LateAnswers late,
        Limits limits) {}
