/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import ai.king.inference.Message;
import ai.king.inference.Prompt;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.internal.Json;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A prompt in LangChain4j's words. */
public final class Conversation {

    private Conversation() {}

    /**
     * The request as most protocols ask it. Throws {@link IllegalArgumentException} when the prompt cannot be said.
     *
     * @param model what is asked when the prompt names none
     */
    public static ChatRequest request(Prompt prompt, String model) {
        ChatRequest.Builder request = ChatRequest.builder()
                .messages(messages(prompt.messages()))
                .modelName(prompt.model().orElse(model))
                .temperature(prompt.temperature());
        prompt.maxTokens().ifPresent(request::maxOutputTokens);
        if (!prompt.functions().isEmpty()) {
            request.toolSpecifications(tools(prompt.functions()));
        }
        return request.build();
    }

    /** Throws {@link IllegalArgumentException} for a tool message that answers no call. */
    public static List<ChatMessage> messages(List<Message> messages) {
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

    /** Functions in OpenAI's form, their schemas as they are: LangChain4j's own types would lose what they do not know. */
    public static List<Map<String, Object>> openAiTools(List<Prompt.Function> functions) {
        List<Map<String, Object>> tools = new ArrayList<>();
        for (Prompt.Function function : functions) {
            tools.add(Map.of(
                    "type",
                    "function",
                    "function",
                    Map.of(
                            "name", function.name(),
                            "description", function.description(),
                            "parameters", Json.fromJson(function.schema(), Map.class))));
        }
        return tools;
    }

    /** Functions in LangChain4j's form; each property's schema goes out as it is. */
    public static List<ToolSpecification> tools(List<Prompt.Function> functions) {
        return functions.stream().map(Conversation::tool).toList();
    }

    private static ToolSpecification tool(Prompt.Function function) {
        Map<?, ?> schema = Json.fromJson(function.schema(), Map.class);
        JsonObjectSchema.Builder parameters = JsonObjectSchema.builder();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) ->
                    parameters.addProperty(name.toString(), JsonRawSchema.from(Json.toJson(property))));
        }
        if (schema.get("required") instanceof List<?> required) {
            parameters.required(required.stream().map(Object::toString).toList());
        }
        return ToolSpecification.builder()
                .name(function.name())
                .description(function.description())
                .parameters(parameters.build())
                .build();
    }
}
