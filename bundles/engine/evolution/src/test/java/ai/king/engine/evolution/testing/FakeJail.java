/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.testing;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Jail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A jail without walls whose verdict a test chooses; its residents answer at once. */
public final class FakeJail implements Jail {

    private final AtomicInteger houses = new AtomicInteger();
    private volatile boolean there = true;
    private volatile Verdict verdict = Verdict.PASS;

    public void there(boolean now) {
        there = now;
    }

    public void verdict(Verdict next) {
        verdict = next;
    }

    /** Residents that were not closed. */
    public int houses() {
        return houses.get();
    }

    @Override
    public String tier() {
        return there ? "T3" : "NONE";
    }

    @Override
    public Optional<String> missing() {
        return there ? Optional.empty() : Optional.of("apt-get install bubblewrap");
    }

    @Override
    public Trial test(Path bundle, Optional<Path> tests, Map<String, Object> configuration, Duration limit) {
        boolean passed = verdict == Verdict.PASS;
        return new Trial(
                List.of(new Finding("contract", verdict, "", 1), new Finding("sandbox", verdict, "", 1)),
                4,
                passed ? 4 : 2);
    }

    /** Builds what {@link PlugSource} can: main files, with nothing of what the wall is about. */
    @Override
    public Built build(Source source, Duration limit) {
        PlugSource plug = new PlugSource(source.symbolicName(), source.version());
        String root = "src/main/java/" + source.symbolicName().replace('.', '/') + "/";
        source.files().forEach((path, text) -> {
            if (path.startsWith(root)) {
                plug.source(path.substring(root.length()).replace(".java", ""), text);
            }
        });
        try {
            return new Built(Optional.of(plug.jar()), Optional.empty(), List.of());
        } catch (IllegalStateException e) {
            return Built.failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Resident house(Path bundle, Map<String, Object> configuration, String name) {
        houses.incrementAndGet();
        return new Resident() {
            @Override
            public Agent agent() {
                return (task, context) -> new Outcome.Done(Map.of("text", "jailed"), Report.none());
            }

            @Override
            public Optional<String> wake() {
                return Optional.empty();
            }

            @Override
            public void close() {
                houses.decrementAndGet();
            }
        };
    }
}
