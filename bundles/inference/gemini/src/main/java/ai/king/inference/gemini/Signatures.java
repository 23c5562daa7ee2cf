/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.gemini;

import ai.king.inference.Message;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The signatures that Gemini puts on its calls of functions and wants back with them: without one a model from Gemini 3 on
 * refuses the next turn. They are kept by call for a while; a call whose signature is gone (a restart, another generation,
 * another vendor's call) goes with the word that Google gives for such calls, which costs quality and no turn.
 */
final class Signatures {

    private static final String ATTRIBUTE = "thinking_signature";
    private static final String UNKNOWN = "skip_thought_signature_validator";
    private static final int KEPT = 500;
    /** These take calls without a signature. */
    private static final Pattern OLDER = Pattern.compile("(models/)?gemini-[12]\\b.*");

    private final Map<String, String> byCall = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    };

    /** Keeps what came with an answer; of several calls at once the first carries it. */
    synchronized void keep(AiMessage answer, List<Message.FunctionCall> calls) {
        String signature = answer.attribute(ATTRIBUTE, String.class);
        if (signature != null && !calls.isEmpty()) {
            byCall.put(calls.get(0).id(), signature.split("\\s+", 2)[0]);
        }
    }

    /** The request with a signature on each message that calls functions. */
    ChatRequest signed(ChatRequest request) {
        boolean needed = !OLDER.matcher(request.modelName()).matches();
        List<ChatMessage> messages = request.messages().stream()
                .map(message -> message instanceof AiMessage said && said.hasToolExecutionRequests()
                        ? signed(said, needed)
                        : message)
                .toList();
        return request.toBuilder().messages(messages).build();
    }

    private ChatMessage signed(AiMessage message, boolean needed) {
        Optional<String> signature = kept(message.toolExecutionRequests().get(0).id());
        return signature.isEmpty() && !needed
                ? message
                : message.toBuilder()
                        .attributes(Map.of(ATTRIBUTE, signature.orElse(UNKNOWN)))
                        .build();
    }

    private synchronized Optional<String> kept(String call) {
        return Optional.ofNullable(byCall.get(call));
    }
}
