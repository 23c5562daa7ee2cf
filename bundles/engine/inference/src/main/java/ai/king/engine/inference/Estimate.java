/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.Message;
import ai.king.inference.Prompt;

/**
 * What a call may use at most, before any model has counted: three characters a token, which no language with an alphabet
 * reaches, and what a message costs beside its text.
 */
record Estimate(long prompt, long completion) {

    private static final int CHARACTERS = 3;
    private static final int MESSAGE = 8;
    private static final int ANSWER = 1024;

    static Estimate of(Prompt prompt) {
        long tokens = 0;
        for (Message message : prompt.messages()) {
            tokens += MESSAGE + tokens(message.text());
            for (Message.FunctionCall call : message.toolCalls()) {
                tokens += MESSAGE + tokens(call.arguments());
            }
        }
        for (Prompt.Function function : prompt.functions()) {
            tokens += MESSAGE + tokens(function.description()) + tokens(function.schema());
        }
        return new Estimate(tokens, prompt.maxTokens().orElse(ANSWER));
    }

    static long tokens(String text) {
        return tokens(text.length());
    }

    static long tokens(long characters) {
        return (characters + CHARACTERS - 1) / CHARACTERS;
    }

    long total() {
        return prompt + completion;
    }
}
