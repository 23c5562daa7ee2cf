/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import ai.king.inference.Listener;
import ai.king.inference.Message;
import ai.king.inference.Reply;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives each piece to the listener and keeps how it ended. Used by one thread, once. */
public final class Answering implements StreamingChatResponseHandler {

    private final Listener listener;
    private final Failures failures;
    private final BiConsumer<AiMessage, List<Message.FunctionCall>> answered;
    private final StringBuilder text = new StringBuilder();
    private @Nullable Reply reply;

    private Answering(
            Listener listener, Failures failures, BiConsumer<AiMessage, List<Message.FunctionCall>> answered) {
        this.listener = listener;
        this.failures = failures;
        this.answered = answered;
    }

    /** Asks on this thread until it ends; a prompt that cannot be said, and what is thrown on the way, end it, too. */
    public static Reply to(
            Supplier<ChatRequest> prompt, StreamingChatModel chat, Listener listener, Failures failures) {
        return to(prompt, chat, listener, failures, (message, calls) -> {});
    }

    /** The same, and shows a whole answer with the calls as they are named from here on. */
    public static Reply to(
            Supplier<ChatRequest> prompt,
            StreamingChatModel chat,
            Listener listener,
            Failures failures,
            BiConsumer<AiMessage, List<Message.FunctionCall>> answered) {
        Answering answering = new Answering(listener, failures, answered);
        try {
            chat.chat(prompt.get(), answering);
        } catch (RuntimeException e) {
            return failures.of(e);
        }
        return answering.reply();
    }

    /** How it ended; a stream that told neither an end nor an error was broken off. */
    private Reply reply() {
        return reply == null ? new Reply.Unavailable("the answer broke off", true, Optional.empty()) : reply;
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        if (reply != null) {
            return;
        }
        text.append(piece.text());
        try {
            listener.onText(piece.text());
        } catch (RuntimeException e) {
            // LangChain4j would log it and go on; for us it ends the chat.
            reply = new Reply.Unavailable("the listener ended the chat", false, Optional.empty());
            context.streamingHandle().cancel();
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        if (reply == null) {
            TokenUsage usage = response.tokenUsage();
            List<Message.FunctionCall> calls = calls(response);
            answered.accept(response.aiMessage(), calls);
            reply = new Reply.Answer(
                    response.modelName() == null ? "" : response.modelName(),
                    text.toString(),
                    calls,
                    finish(response.finishReason()),
                    new Reply.Usage(
                            usage == null ? 0 : count(usage.inputTokenCount()),
                            usage == null ? 0 : count(usage.outputTokenCount())));
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (reply == null) {
            reply = failures.of(failure);
        }
    }

    private static List<Message.FunctionCall> calls(ChatResponse response) {
        return response.aiMessage().toolExecutionRequests().stream()
                .map(call -> new Message.FunctionCall(id(call.id()), call.name(), call.arguments()))
                .toList();
    }

    /** Some endpoints name no call: what answers it needs a name all the same. */
    private static String id(@Nullable String given) {
        return given == null || given.isEmpty()
                ? "call_" + UUID.randomUUID().toString().replace("-", "")
                : given;
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }

    private static String finish(@Nullable FinishReason reason) {
        if (reason == null) {
            return "stop";
        }
        return switch (reason) {
            case STOP, OTHER -> "stop";
            case LENGTH -> "length";
            case TOOL_EXECUTION -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
        };
    }
}
