/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Map;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.agentexecutor.AgentExecutor;

/** The same step by LangGraph4j's own agent executor: not stored either, no checkpoints. */
final class GraphStep {

    private final CompiledGraph<AgentExecutor.State> graph;
    private final String user;

    GraphStep(Script script) {
        StringBuilder all = new StringBuilder();
        script.sources()
                .forEach((name, text) ->
                        all.append("Source ").append(name).append(":\n").append(text));
        user = all.append("\n\n").append(script.question()).toString();
        ToolSpecification tool = ToolSpecification.builder()
                .name(Script.TOOL)
                .description(Script.DESCRIPTION)
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("query")
                        .required("query")
                        .build())
                .build();
        try {
            graph = AgentExecutor.builder()
                    .chatModel(new Stub())
                    .systemMessage(SystemMessage.from(script.instructions()))
                    .toolSpecification(tool, (request, memory) -> "{\"passage\":\"" + Script.FOUND + "\"}")
                    .build()
                    .compile();
        } catch (GraphStateException e) {
            throw new IllegalStateException(e);
        }
    }

    String run() {
        return graph.invoke(Map.of("messages", UserMessage.from(user)))
                .flatMap(AgentExecutor.State::finalResponse)
                .orElseThrow();
    }

    /** The model that is not there. */
    private static final class Stub implements ChatModel {

        @Override
        public ChatResponse doChat(ChatRequest request) {
            int looked = (int) request.messages().stream()
                    .filter(ToolExecutionResultMessage.class::isInstance)
                    .count();
            String arguments = Script.next(looked);
            AiMessage message = arguments == null
                    ? AiMessage.from(Script.ANSWER)
                    : AiMessage.from(ToolExecutionRequest.builder()
                            .id("call-" + looked)
                            .name(Script.TOOL)
                            .arguments(arguments)
                            .build());
            return ChatResponse.builder().aiMessage(message).build();
        }
    }
}
