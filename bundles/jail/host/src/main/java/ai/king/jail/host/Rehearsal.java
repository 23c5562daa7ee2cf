/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.jail.host.wire.Codec;
import ai.king.jail.host.wire.Frame;
import ai.king.jail.host.wire.Frame.Answer;
import ai.king.jail.host.wire.Line;
import ai.king.tool.ToolResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call without an agent and without a pipe, before the host says that it is ready: what a call goes through in here is
 * loaded then, and not by the first call. Nothing of the candidate runs.
 */
final class Rehearsal {

    private static final Map<String, Object> SOME = Map.of("text", "text", "number", 1L, "list", List.of(true));

    private Rehearsal() {}

    static void run() throws IOException {
        Task task = new Task("rehearsal", "", "", SOME, Map.of(), List.of());
        ByteArrayOutputStream pipe = new ByteArrayOutputStream();
        line(new byte[0], pipe).send(new Frame.Perform(1, task));
        for (Answer answer : answers()) {
            line(new byte[0], pipe).send(new Frame.Answered(1, answer));
        }
        Line received = line(pipe.toByteArray(), new ByteArrayOutputStream());
        Frame.Perform perform = (Frame.Perform) received.receive();
        Performance performance = new Performance(
                perform.id(),
                (asked, context) -> {
                    context.tools();
                    context.canChat();
                    context.call("tool", SOME);
                    // Streams, lambdas and joined texts: each is made by the virtual machine at its first use.
                    context.note(context.now()
                            + SOME.keySet().stream()
                                    .map(key -> key + "=")
                                    .toList()
                                    .toString());
                    context.business();
                    context.recall("text", 1);
                    context.delegate("agent", asked);
                    context.remember("text", Map.of("key", "value"));
                    context.embed(List.of("text"));
                    context.random();
                    return new Outcome.Done(SOME, Report.none());
                },
                received);
        for (int i = 0; i < answers().size(); i++) {
            performance.answer(((Frame.Answered) received.receive()).answer());
        }
        performance.run(perform.task());
    }

    /** In the order of the questions. */
    private static List<Answer> answers() {
        return List.of(
                new Answer.Tools(List.of()),
                new Answer.Flag(false),
                new Answer.OfTool(ToolResult.ok(SOME)),
                new Answer.Time(Instant.EPOCH),
                new Answer.Nothing(),
                new Answer.Profile(Optional.empty()),
                new Answer.Memories(List.of()),
                new Answer.Delegated(new Outcome.Declined(List.of("nothing"))),
                new Answer.Nothing(),
                new Answer.Vectors(Optional.empty()),
                new Answer.Number(0));
    }

    private static Line line(byte[] in, ByteArrayOutputStream out) {
        return new Line(new ByteArrayInputStream(in), out, new Codec(Codec.FEW_TOKENS), Codec.LARGEST);
    }
}
