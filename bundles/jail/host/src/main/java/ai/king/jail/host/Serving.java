/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.agent.Agent;
import ai.king.jail.host.wire.Frame;
import ai.king.jail.host.wire.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Performs the tasks that come through the pipe, each on a thread of its own. */
final class Serving {

    private final Line line;
    private final Ground ground;
    private final Map<Long, Performance> performances = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Serving(Line line, Ground ground) {
        this.line = line;
        this.ground = ground;
    }

    /** Returns, by an exception, when the pipe ends. */
    void run(Frame.Serve serve) throws IOException {
        Agent agent;
        try {
            agent = ground.agent(Path.of(serve.bundle()), serve.name(), serve.configuration());
        } catch (Unfit e) {
            line.send(new Frame.Unfit(String.valueOf(e.getMessage())));
            return;
        }
        Rehearsal.run();
        line.send(new Frame.Ready());
        while (true) {
            Frame frame = line.receive();
            if (frame instanceof Frame.Perform perform) {
                Performance performance = new Performance(perform.id(), agent, line);
                performances.put(perform.id(), performance);
                threads.execute(() -> {
                    performance.run(perform.task());
                    performances.remove(perform.id());
                });
            } else if (frame instanceof Frame.Answered answered) {
                Performance performance = performances.get(answered.id());
                if (performance != null) {
                    performance.answer(answered.answer());
                }
            } else if (frame instanceof Frame.Cancel cancel) {
                Performance performance = performances.get(cancel.id());
                if (performance != null) {
                    performance.cancel();
                }
            } else {
                throw new IOException("unexpected " + frame.getClass().getSimpleName());
            }
        }
    }
}
