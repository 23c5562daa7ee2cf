/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.kit.Configs;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A real agent that is mutated.
 *
 * @param plug its symbolic name and package
 * @param agent its name
 * @param main path of the class that is the agent
 * @param files texts by path, its own tests among them
 * @param task a task it works on
 * @param context of one call
 */
public record Reference(
        String plug,
        String agent,
        String main,
        SortedMap<String, String> files,
        Task task,
        Supplier<FakeContext> context) {

    private static final Path BUNDLES = Path.of("../..");

    /** The agent that a new one is cut from. */
    static Reference echo() throws IOException {
        Path source = BUNDLES.resolve("agent/echo");
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(source.resolve("src"))) {
            for (Path file : all.filter(one -> one.toString().endsWith(".java")).toList()) {
                files.put(source.relativize(file).toString(), Files.readString(file));
            }
        }
        Task task = new Task("s", "echo", "hello", Map.of(), Map.of(), List.of());
        String main = "src/main/java/ai/king/agent/echo/EchoAgent.java";
        return new Reference("ai.king.agent.echo", "echo", main, files, task, FakeContext::new);
    }

    /** The agent that the agent {@code code} writes of a sentence, as the AI proposes it. */
    static Reference written() throws ReflectiveOperationException {
        Class<?> type = Class.forName("ai.king.agent.code.CodeAgent");
        Object config = Configs.defaults(Class.forName(type.getName() + "$Config"));
        Agent author = (Agent) type.getConstructors()[0].newInstance(config);
        Task order = new Task("s", "create", "analytics lacks cohort retention", Map.of(), Map.of(), List.of());
        Outcome.Done done = (Outcome.Done) author.perform(order, new FakeContext());
        Map<?, ?> source = (Map<?, ?>) done.data().get("source");
        SortedMap<String, String> files = new TreeMap<>();
        ((Map<?, ?>) source.get("files")).forEach((path, text) -> files.put(path.toString(), text.toString()));
        String main = files.keySet().stream()
                .filter(path -> path.matches("src/main/java/.*Agent\\.java"))
                .findFirst()
                .orElseThrow();
        FakeBusiness business = new FakeBusiness()
                .columns("orders", "order_id", "date", "customer_id", "status")
                .row("orders", "O1", "2026-01-05", "A", "completed")
                .row("orders", "O2", "2026-02-07", "A", "completed")
                .row("orders", "O3", "2026-02-08", "B", "completed");
        Task task = new Task("s", "cohort_retention", "What is it?", Map.of(), Map.of(), List.of());
        String plug = source.get("plug").toString();
        return new Reference(plug, plug.substring(plug.lastIndexOf('.') + 1), main, files, task, () -> new FakeContext()
                .with(business));
    }

    /** The task for one goal. */
    Task task(String goal) {
        return new Task(task.id(), task.action(), goal, task.input(), Map.of(), List.of());
    }

    /** Path of the test that says what the agent answers. */
    String ownTest() {
        return main.replace("src/main/", "src/test/").replace(".java", "Test.java");
    }
}
