/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.openai;

import ai.king.inference.Message;
import ai.king.inference.Prompt;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.internal.Json;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A prompt in LangChain4j's words. */
final class Conversation {

    private final String model;
    private final boolean completionTokens;

    /**
     * @param model what is asked when the prompt names no model
     * @param completionTokens the newer name for the bound of the answer
     */
    Conversation(String model, boolean completionTokens) {
        this.model = model;
        this.completionTokens = completionTokens;
    }

    /** Throws {@link IllegalArgumentException} when the prompt cannot be said in this protocol. */
    ChatRequest request(Prompt prompt) {
        OpenAiChatRequestParameters.Builder parameters = OpenAiChatRequestParameters.builder();
        parameters.modelName(prompt.model().orElse(model));
        parameters.temperature(prompt.temperature());
        prompt.maxTokens().ifPresent(limit -> {
            if (completionTokens) {
                parameters.maxCompletionTokens(limit);
            } else {
                parameters.maxOutputTokens(limit);
            }
        });
        if (!prompt.functions().isEmpty()) {
            // As they are: LangChain4j's own schema types would lose what they do not know.
            parameters.customParameters(Map.of(
                    "tools", prompt.functions().stream().map(Conversation::tool).toList()));
        }
        return ChatRequest.builder()
                .messages(messages(prompt.messages()))
                .parameters(parameters.build())
                .build();
    }

    private static Map<String, Object> tool(Prompt.Function function) {
        return Map.of(
                "type",
                "function",
                "function",
                Map.of(
                        "name", function.name(),
                        "description", function.description(),
                        "parameters", Json.fromJson(function.schema(), Map.class)));
    }

    private static List<ChatMessage> messages(List<Message> messages) {
        Map<String, String> calls = new HashMap<>();
        List<ChatMessage> said = new ArrayList<>();
        for (Message message : messages) {
            message.toolCalls().forEach(call -> calls.put(call.id(), call.name()));
            said.add(message(message, calls));
        }
        return said;
    }

    private static ChatMessage message(Message message, Map<String, String> calls) {
        return switch (message.role()) {
            case SYSTEM -> SystemMessage.from(message.text());
            case USER -> UserMessage.from(message.text());
            case ASSISTANT -> message.toolCalls().isEmpty()
                    ? AiMessage.from(message.text())
                    : AiMessage.builder()
                            .text(message.text().isEmpty() ? null : message.text())
                            .toolExecutionRequests(message.toolCalls().stream()
                                    .map(Conversation::call)
                                    .toList())
                            .build();
            case TOOL -> {
                String id = message.toolCallId()
                        .orElseThrow(() -> new IllegalArgumentException("a tool message answers no call"));
                yield ToolExecutionResultMessage.from(id, calls.getOrDefault(id, "tool"), message.text());
            }
        };
    }

    private static ToolExecutionRequest call(Message.FunctionCall call) {
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(call.arguments())
                .build();
    }
}
