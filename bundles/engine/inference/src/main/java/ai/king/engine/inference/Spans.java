/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.monitor.Signal;
import ai.king.signals.Signals;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One span an answer, under two names for each fact: OpenTelemetry's {@code gen_ai.*} and OpenInference's {@code llm.*}. No
 * word of a prompt or an answer is in it. Calls of one goal share a trace.
 */
final class Spans {

    private static final int TRACE = 32;

    private final Signals signals;

    Spans(Signals signals) {
        this.signals = signals;
    }

    void chat(Candidate backend, Prompt prompt, String bucket, Reply reply, BigDecimal cost, long nanos) {
        Map<String, String> of = new LinkedHashMap<>();
        String model = prompt.model()
                .orElseGet(() -> backend.status().models().stream().findFirst().orElse(""));
        of.put("gen_ai.operation.name", "chat");
        of.put("gen_ai.provider.name", backend.provider());
        of.put("gen_ai.request.model", model);
        of.put("gen_ai.conversation.id", bucket);
        of.put("openinference.span.kind", "LLM");
        of.put("llm.provider", backend.provider());
        of.put("llm.system", backend.provider());
        of.put("llm.request.model_name", model);
        of.put("session.id", bucket);
        of.put("backend", backend.name());
        if (reply instanceof Reply.Answer answer) {
            answered(of, answer, cost);
        } else {
            of.put("error.type", "unavailable");
        }
        signals.emit(new Signal.Span(
                Instant.now().minusNanos(nanos),
                "chat " + model,
                trace(bucket),
                hex(ThreadLocalRandom.current().nextLong()),
                "",
                nanos,
                reply instanceof Reply.Unavailable,
                Map.copyOf(of)));
    }

    private static void answered(Map<String, String> of, Reply.Answer answer, BigDecimal cost) {
        String prompt = Long.toString(answer.usage().promptTokens());
        String completion = Long.toString(answer.usage().completionTokens());
        of.put("gen_ai.response.model", answer.model());
        of.put("gen_ai.response.finish_reasons", answer.finish());
        of.put("gen_ai.usage.input_tokens", prompt);
        of.put("gen_ai.usage.output_tokens", completion);
        of.put("llm.model_name", answer.model());
        of.put("llm.response.model_name", answer.model());
        of.put("llm.finish_reason", answer.finish());
        of.put("llm.token_count.prompt", prompt);
        of.put("llm.token_count.completion", completion);
        of.put(
                "llm.token_count.total",
                Long.toString(answer.usage().promptTokens() + answer.usage().completionTokens()));
        of.put("llm.cost.total", cost.toPlainString());
    }

    /** The id of a goal is one already; another bucket is hashed to one. */
    private static String trace(String bucket) {
        String plain = bucket.replace("-", "");
        if (plain.matches("[0-9a-f]{32}")) {
            return plain;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bucket.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, TRACE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(long id) {
        return HexFormat.of().toHexDigits(id);
    }
}
