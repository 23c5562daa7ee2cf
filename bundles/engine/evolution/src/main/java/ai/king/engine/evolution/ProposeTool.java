/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Proposal;
import ai.king.store.Payloads;
import ai.king.store.Store;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How the AI proposes an agent that it wrote: filed as the AI's, whoever asked for it, and decided as every proposal is. */
@Component
@ToolName(ProposeTool.NAME)
public final class ProposeTool implements Tool {

    static final String NAME = "evolution.propose";

    private static final String SCHEMA =
            """
            {"type":"object","additionalProperties":false,"required":["title","hypothesis","plug","files"],"properties":{
              "title":{"type":"string","minLength":1,"maxLength":200},
              "hypothesis":{"type":"string","minLength":1,"maxLength":2000,"description":"what gets better, and by which metric it shows"},
              "plug":{"type":"string","maxLength":120,"description":"symbolic name of the agent's bundle"},
              "files":{"type":"object","minProperties":1,"maxProperties":24,
                "additionalProperties":{"type":"string","maxLength":65536},"description":"source by path"}}}""";

    private final Store store;
    private final Intake intake;

    @Activate
    public ProposeTool(@Reference Store store, @Reference Payloads payloads) {
        this.store = store;
        this.intake = new Intake(store, payloads);
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                NAME,
                "Proposes the source of an agent to people; at most one a day, and nothing of it runs before its checks and a vote",
                SCHEMA,
                Effect.CODE);
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        Map<String, Object> change = new HashMap<>();
        change.put("plug", call.arguments().get("plug"));
        change.put("files", call.arguments().get("files"));
        try {
            return result(intake.takeFromAi(
                    call.key(),
                    new NewProposal(
                            Proposal.Kind.SOURCE,
                            String.valueOf(call.arguments().get("title")),
                            String.valueOf(call.arguments().get("hypothesis")),
                            change,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty())));
        } catch (IllegalArgumentException | IllegalStateException e) {
            return new ToolResult.Failed(String.valueOf(e.getMessage()), false);
        }
    }

    @Override
    public Optional<ToolResult> lookup(String key) {
        return Optional.of(store.read(reader -> reader.find(Proposal.class, Intake.idOf(key)))
                .map(ProposeTool::result)
                .orElseGet(() -> new ToolResult.Failed("nothing was proposed", true)));
    }

    private static ToolResult result(Proposal proposal) {
        return ToolResult.ok(Map.of("proposalId", proposal.id()));
    }
}
