/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.agent.Agent;
import ai.king.brain.IntentClassifier;
import ai.king.brain.Planner;
import ai.king.inference.InferenceBackend;
import ai.king.memory.MemoryStore;
import ai.king.monitor.MonitoringSink;
import ai.king.tool.Tool;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The families of plugs, and what a plug of each is asked here: of those that need a network, what needs none. */
enum Family {
    AGENT(Agent.class, CandidateContract.class),
    TOOL(Tool.class, ToolQuestions.class),
    BACKEND(InferenceBackend.class, BackendQuestions.class),
    MEMORY(MemoryStore.class, MemoryQuestions.class),
    SINK(MonitoringSink.class, SinkQuestions.class),
    CLASSIFIER(IntentClassifier.class, ClassifierQuestions.class),
    PLANNER(Planner.class, PlannerQuestions.class);

    private final Class<?> type;
    private final Class<?> questions;

    Family(Class<?> type, Class<?> questions) {
        this.type = type;
        this.questions = questions;
    }

    Class<?> type() {
        return type;
    }

    /** The test class. */
    Class<?> questions() {
        return questions;
    }

    /** Those whose interface is among the names. */
    static List<Family> of(Collection<String> interfaces) {
        return Arrays.stream(values())
                .filter(family -> interfaces.contains(family.type.getName()))
                .toList();
    }
}
