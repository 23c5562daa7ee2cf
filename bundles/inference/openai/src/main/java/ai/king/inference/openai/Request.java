/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.openai;

import ai.king.inference.Prompt;
import ai.king.lib.wire.Conversation;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.Map;

/** A prompt as this protocol asks it. */
final class Request {

    private final String model;
    private final boolean completionTokens;

    /**
     * @param model what is asked when the prompt names no model
     * @param completionTokens the newer name for the bound of the answer
     */
    Request(String model, boolean completionTokens) {
        this.model = model;
        this.completionTokens = completionTokens;
    }

    /** Throws {@link IllegalArgumentException} when the prompt cannot be said in this protocol. */
    ChatRequest of(Prompt prompt) {
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
            parameters.customParameters(Map.of("tools", Conversation.openAiTools(prompt.functions())));
        }
        return ChatRequest.builder()
                .messages(Conversation.messages(prompt.messages()))
                .parameters(parameters.build())
                .build();
    }
}
