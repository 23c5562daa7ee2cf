/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.react;

import ai.king.brain.Mind;
import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** A mind whose model says what a test wrote, turn by turn; it keeps what it was asked. */
final class ScriptedMind implements Mind {

    static final Reply DOWN = new Reply.Unavailable("all backends are down", true, Optional.empty());

    final List<Prompt> asked = new ArrayList<>();
    private final IntFunction<Reply> script;

    private ScriptedMind(IntFunction<Reply> script) {
        this.script = script;
    }

    static ScriptedMind saying(String... texts) {
        return new ScriptedMind(turn -> texts.length == 0 ? DOWN : answer(texts[Math.min(turn, texts.length - 1)]));
    }

    static ScriptedMind replying(IntFunction<Reply> script) {
        return new ScriptedMind(script);
    }

    static Reply answer(String text) {
        return new Reply.Answer("stub", text, List.of(), "stop", new Reply.Usage(1, 1));
    }

    /** What the model was told last. */
    String lastTold() {
        List<Message> messages = asked.get(asked.size() - 1).messages();
        return messages.get(messages.size() - 1).text();
    }

    @Override
    public boolean canChat() {
        return true;
    }

    @Override
    public Reply chat(Prompt prompt) {
        asked.add(prompt);
        return script.apply(asked.size() - 1);
    }

    @Override
    public Optional<List<float[]>> embed(List<String> texts) {
        return Optional.empty();
    }
}
