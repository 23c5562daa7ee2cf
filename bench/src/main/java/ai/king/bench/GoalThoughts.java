/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.brain.Capability;
import ai.king.brain.Intent;
import ai.king.brain.Mind;
import ai.king.brain.Plan;
import ai.king.brain.Situation;
import ai.king.brain.react.ReactBrain;
import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** What a goal asks a model before its first step, its intent and its plan: by the brain of the distribution, and by hand. */
final class GoalThoughts {

    private static final String INTENT =
            "{\"type\":\"COMMAND\",\"action\":\"RESEARCH_MARKET\",\"parameters\":{},\"confidence\":0.95}";
    private static final String PLAN = "{\"rationale\":\"The documents say it\",\"steps\":[{\"name\":\"terms\","
            + "\"agent\":\"research\",\"action\":\"document_research\",\"input\":{},\"depends_on\":[],\"priority\":1,\"risk\":\"LOW\"}]}";

    private static final List<Capability> SKILLS = List.of(
            skill("analytics", "kpis", "figures of a period beside the one before and the targets", "LOW"),
            skill("analytics", "trends", "what rises and falls, with the season taken out", "LOW"),
            skill("commerce", "price", "raises prices that leave less than the minimum margin", "LOW"),
            skill("commerce", "reorder", "orders what is at or below its reorder point, one order a supplier", "LOW"),
            skill("content", "product_description", "writes the description of a product", "LOW"),
            skill("finance", "pnl", "profit and loss of a period", "MEDIUM"),
            skill("legal", "compliance", "checks what the business does against GDPR, CCPA, WCAG and PCI", "MEDIUM"),
            skill("research", "document_research", "finds what the supplied documents say about the goal", "LOW"),
            skill("research", "market_research", "researches a market on the web, with its sources", "LOW"));

    private final String goal;

    GoalThoughts(String goal) {
        this.goal = goal;
    }

    private static Capability skill(String agent, String action, String description, String risk) {
        return new Capability(agent, action, description, risk);
    }

    /** Calls and tokens of their prompts. */
    long[] ours() {
        Counting mind = new Counting();
        ReactBrain brain = Engines.of(ReactBrain.class, Map.of());
        Intent intent = brain.classify(goal, mind).orElseThrow();
        Situation situation = new Situation(goal, intent, Map.of(), Set.of(), List.of(), SKILLS);
        Plan plan = brain.plan(situation, mind).orElseThrow();
        if (plan.steps().size() != 1) {
            throw new IllegalStateException("another plan: " + plan);
        }
        return new long[] {mind.calls, mind.tokens};
    }

    /**
     * The same two questions with what their answers need: what each action means, the form of the answer, the skills, and in which
     * order steps may stand. Nothing guards against what stands in the texts, nothing is checked and nothing asked again.
     */
    long[] byHand() {
        String skills = SKILLS.stream()
                .map(each -> each.agent() + " " + each.action() + " [" + each.risk() + "]: " + each.description())
                .collect(Collectors.joining("\n"));
        Prompt intent = Prompt.of(
                """
                Sort what people write to a platform that runs small online businesses. Answer with one JSON object:
                {"type":"COMMAND","action":"GENERATE_REPORT","parameters":{"period":"next quarter"},"confidence":0.9}
                type: COMMAND (do something), QUERY (a question), CONVERSATION.
                action: START_BUSINESS open a business; STOP_BUSINESS close one for good; ANALYZE_BUSINESS find out how one is doing; \
                OPTIMIZE_BUSINESS change prices, stock, advertising; CREATE_CONTENT write texts or pictures; RESEARCH_MARKET find out about \
                markets, products, competitors, documents; GENERATE_REPORT a plan or report; PROPOSE_EVOLUTION change the platform or \
                its agents; UNKNOWN anything else or unclear.
                parameters: what the text says: period, amount, currency, name, product. confidence: 0 to 1.""",
                goal);
        Prompt plan = Prompt.of(
                """
                Plan a goal with the agents of a platform that runs small online businesses. Answer with one JSON object:
                {"rationale":"Why these steps","steps":[{"name":"margins","agent":"finance","action":"unit_economics","input":{},\
                "depends_on":[],"priority":1,"risk":"MEDIUM"}]}
                Only these skills, as few steps as needed. A step depends on those whose data it needs; names lower case and unique. \
                commerce, code and content after research, legal after what it judges. risk LOW to CRITICAL, at least the skill's; finance \
                and legal at least MEDIUM. input: only what the goal says. If it cannot be done: no steps.
                """
                        + skills,
                "Intent: " + INTENT + "\nGoal: " + goal);
        return new long[] {2, Script.tokens(intent) + Script.tokens(plan)};
    }

    /** A model that answers what it is asked, and counts. */
    private static final class Counting implements Mind {
        private long calls;
        private long tokens;

        @Override
        public boolean canChat() {
            return true;
        }

        @Override
        public Reply chat(Prompt prompt) {
            calls++;
            tokens += Script.tokens(
                    new Prompt(Optional.empty(), prompt.messages(), prompt.functions(), 0, OptionalInt.empty()));
            Message system = prompt.messages().get(0);
            String text = system.text().contains("You plan") ? PLAN : INTENT;
            return new Reply.Answer("stub", text, List.of(), "stop", new Reply.Usage(1, 1));
        }

        @Override
        public Window window() {
            return new Window("gpt-4o", 128_000);
        }

        @Override
        public Optional<List<float[]>> embed(List<String> texts) {
            return Optional.empty();
        }
    }
}
