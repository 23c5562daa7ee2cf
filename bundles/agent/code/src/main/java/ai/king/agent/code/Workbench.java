/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Does one task. */
final class Workbench {

    private static final String WANTED =
            "source: the files of an agent, in the input or from a step before, as {plug, files: {path: text}}";

    private static final int MOST_FINDINGS = 10;
    private static final int LONGEST_FINDING = 500;

    private final Task task;
    private final AgentContext context;
    private final Known known;
    private final Author author;
    private final boolean chats;
    private final boolean modelWrites;

    Workbench(Task task, AgentContext context, Known known, boolean modelWrites) {
        this.task = task;
        this.context = context;
        this.known = known;
        this.author = new Author(context);
        this.chats = context.canChat();
        this.modelWrites = modelWrites && chats;
    }

    /** A specification that came with the task or that its goal names; else one that a model makes of the goal. */
    Outcome create() {
        Map<String, String> given = given();
        Map<String, String> keys =
                new LinkedHashMap<>(known.in(given.getOrDefault("name", "").replace('_', ' ') + " . " + task.goal())
                        .filter(metric -> !given.containsKey("formula"))
                        .orElse(Map.of()));
        keys.putAll(given);
        if (keys.isEmpty() && !chats) {
            return new Outcome.Declined(List.of("a specification: " + String.join(", ", Specification.KEYS)
                    + "; or a goal that names one of these metrics: " + String.join(", ", known.names())
                    + "; or a model that makes one of the goal"));
        }
        Specification.Read read = Specification.read(keys);
        if (!read.complete()) {
            if (!chats) {
                return new Outcome.Declined(read.missing());
            }
            Author.Written<Specification> written = author.specification(task.goal(), given);
            if (written.value().isEmpty()) {
                return new Outcome.Declined(written.faults());
            }
            return written(written.value().get(), true);
        }
        return written(read.get(), false);
    }

    private Outcome written(Specification specification, boolean byModel) {
        Project project = AgentSource.of(specification);
        return new Result("Source of a new agent", project, Optional.empty(), author.tokens())
                .specified(specification, byModel)
                .filed(Filing.of(task, context, specification, project))
                .done(List.of());
    }

    /** By its specification where no hand has changed it since; else by a model. */
    Outcome modify() {
        Project project = project();
        Map<String, String> given = given();
        Optional<Specification> was = specification(project);
        if (!given.isEmpty() && was.isPresent()) {
            Map<String, String> keys = new LinkedHashMap<>(was.get().written());
            keys.put("plug", project.plug());
            keys.putAll(given);
            Specification.Read read = Specification.read(keys);
            if (!read.complete()) {
                return new Outcome.Declined(read.missing());
            }
            List<String> byHand = byHand(project, was.get());
            if (byHand.isEmpty()) {
                return new Result("Changed source", AgentSource.of(read.get()), Optional.of(project), author.tokens())
                        .specified(read.get(), false)
                        .done(List.of());
            }
            if (!modelWrites) {
                return new Outcome.Declined(List.of(
                        "a model, or a person: these files were changed by hand: " + String.join(", ", byHand)));
            }
        }
        if (!modelWrites) {
            return new Outcome.Declined(List.of(
                    was.isPresent()
                            ? "a key of the specification to change: " + String.join(", ", Specification.KEYS)
                            : "a model: this agent was made without a specification"));
        }
        return rewritten(project, "modify", found());
    }

    /** What the platform or a person found about the agent: data that goes with the wish. */
    private List<String> found() {
        return task.input().get("findings") instanceof List<?> lines
                ? lines.stream()
                        .limit(MOST_FINDINGS)
                        .map(line ->
                                String.valueOf(line).replaceAll("\\s+", " ").strip())
                        .map(line -> line.substring(0, Math.min(LONGEST_FINDING, line.length())))
                        .toList()
                : List.of();
    }

    private static List<String> byHand(Project project, Specification was) {
        Map<String, String> made = AgentSource.of(was).files();
        List<String> changed = new ArrayList<>();
        project.files().forEach((path, text) -> {
            if (!text.equals(made.get(path))) {
                changed.add(path);
            }
        });
        changed.sort(String::compareTo);
        return changed;
    }

    Outcome improve(String deed, Function<Project, List<String>> review) {
        Project project = project();
        List<String> findings = new ArrayList<>(review.apply(project));
        findings.addAll(found());
        if (!modelWrites || findings.isEmpty()) {
            return new Result("Findings", project, Optional.of(project), author.tokens()).done(findings);
        }
        return rewritten(project, deed, findings);
    }

    private Outcome rewritten(Project project, String deed, List<String> findings) {
        Author.Written<Project> written = author.change(project, deed, task.goal(), findings);
        return written.value()
                .map(changed -> new Result("Changed source", changed, Optional.of(project), author.tokens())
                        .filed(Filing.ofChange(task, context, project, changed))
                        .done(findings))
                .orElseGet(() -> new Outcome.Declined(written.faults().stream()
                        .map(fault -> "an answer of the model without this: " + fault)
                        .toList()));
    }

    Outcome document() {
        Project project = project();
        Optional<String> handbook = Handbook.of(project);
        return handbook.map(text -> new Result(
                                "Documented source",
                                project.with(Map.of("README.md", text)),
                                Optional.of(project),
                                author.tokens())
                        .done(Handbook.unsaid(project)))
                .orElseGet(() -> new Outcome.Declined(
                        List.of("a class with @AgentName(\"" + project.name() + "\") and @AgentProfile")));
    }

    Outcome test() {
        Project project = project();
        Optional<Map.Entry<String, String>> agent = project.agent();
        if (agent.isEmpty()) {
            return new Outcome.Declined(List.of("a class with @AgentName(\"" + project.name() + "\")"));
        }
        Optional<Specification> specification = specification(project);
        Map<String, String> tests = new LinkedHashMap<>();
        if (specification.isPresent()
                && agent.get().getKey().endsWith("/" + specification.get().type() + "Agent.java")) {
            AgentSource.of(specification.get()).files().forEach((path, text) -> {
                if (path.startsWith("src/test/")) {
                    tests.put(path, text);
                }
            });
        } else {
            String type = agent.get().getKey().replaceFirst(".*/", "").replace(".java", "");
            String path = agent.get().getKey().replace("src/main/", "src/test/").replace(".java", "ContractTest.java");
            tests.put(path, new Template(project.plug(), project.name(), type).contract("", List.of()));
        }
        return new Result("Tested source", project.with(tests), Optional.of(project), author.tokens()).done(List.of());
    }

    private Project project() {
        Project project = Project.of(task).orElseThrow(() -> new Unclear(WANTED));
        List<String> faults = project.faults();
        if (!faults.isEmpty()) {
            throw new Unclear("the source of an agent and nothing else: " + String.join("; ", faults));
        }
        return project;
    }

    private static Optional<Specification> specification(Project project) {
        String text = project.files().getOrDefault(AgentSource.SPECIFICATION, "");
        Specification.Read read = Specification.read(Known.keys(text));
        return read.complete() ? Optional.of(read.get()) : Optional.empty();
    }

    /**
     * The keys of a specification in the input: under {@code specification}, as values or as lines; or by themselves where
     * the input has a formula. What a plan passes on to all of its steps is none.
     */
    private Map<String, String> given() {
        Object specification = task.input().get("specification");
        if (specification instanceof String lines) {
            return Known.keys(lines);
        }
        Map<?, ?> values = specification instanceof Map<?, ?> map ? map : task.input();
        Map<String, String> given = new LinkedHashMap<>();
        if (values == task.input() && !values.containsKey("formula")) {
            return given;
        }
        for (String key : Specification.KEYS) {
            Object value = values.get(key);
            if (value instanceof List<?> several) {
                given.put(
                        key,
                        String.join(", ", several.stream().map(String::valueOf).toList()));
            } else if (value != null) {
                given.put(key, value.toString());
            }
        }
        return given;
    }
}
