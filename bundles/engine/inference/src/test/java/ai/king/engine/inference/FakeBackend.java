/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.BackendStatus;
import ai.king.inference.InferenceBackend;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/** A backend that does what its test says. */
final class FakeBackend implements InferenceBackend {

    volatile BiFunction<Prompt, Listener, Reply> behaviour;
    volatile BackendStatus status;
    volatile int calls;

    private FakeBackend(BiFunction<Prompt, Listener, Reply> behaviour, BackendStatus status) {
        this.behaviour = behaviour;
        this.status = status;
    }

    static FakeBackend saying(String text) {
        return new FakeBackend(
                (prompt, listener) -> {
                    listener.onText(text);
                    return new Reply.Answer("m", text, List.of(), "stop", new Reply.Usage(3, 2));
                },
                new BackendStatus(true, true, false, List.of("m-" + text), OptionalDouble.empty(), "well"));
    }

    static FakeBackend failing(boolean retriable) {
        FakeBackend backend = saying("never");
        backend.behaviour = (prompt, listener) -> new Reply.Unavailable("it broke", retriable, Optional.empty());
        return backend;
    }

    static FakeBackend busy(long seconds) {
        FakeBackend backend = saying("never");
        backend.behaviour =
                (prompt, listener) -> new Reply.Unavailable("429 too many requests", true, Optional.of(seconds));
        return backend;
    }

    static FakeBackend embedding() {
        FakeBackend backend = saying("");
        backend.status = new BackendStatus(true, false, true, List.of("e"), OptionalDouble.empty(), "embeds");
        return backend;
    }

    @Override
    public Reply chat(Prompt prompt, Listener listener) {
        calls++;
        return behaviour.apply(prompt, listener);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        calls++;
        return texts.stream().map(text -> new float[] {text.length()}).toList();
    }

    @Override
    public BackendStatus status() {
        return status;
    }
}
