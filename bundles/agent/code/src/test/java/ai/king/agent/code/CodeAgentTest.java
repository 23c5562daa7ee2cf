/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.inference.Reply;
import ai.king.kit.Configs;
import ai.king.kit.FakeContext;
import ai.king.kit.Sources;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeAgentTest {

    private static final Project RETURNS = AgentSource.of(WrittenAgentTest.named("return_rate"));
    private static final String AGENT = "src/main/java/generated/returnrate/ReturnRateAgent.java";

    @TempDir
    Path folder;

    private static Outcome perform(String action, String goal, Map<String, Object> input, FakeContext context) {
        return new CodeAgent(Configs.defaults(CodeAgent.Config.class))
                .perform(new Task("s-1", action, goal, input, Map.of(), List.of()), context);
    }

    private static Outcome.Done done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(Sources.missingIn(((Outcome.Done) outcome).report())).isEmpty();
        return (Outcome.Done) outcome;
    }

    private static Project project(Outcome outcome) {
        return Project.of(new Task(
                        "s", "", "", Map.of(), Map.of("code", done(outcome).data()), List.of()))
                .orElseThrow();
    }

    private static List<String> missing(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Declined.class);
        return ((Outcome.Declined) outcome).missing();
    }

    /** A model that gives these answers in turn, and the last for ever. */
    private static FakeContext answering(String... answers) {
        AtomicInteger asked = new AtomicInteger();
        return new FakeContext()
                .withModel(prompt -> new Reply.Answer(
                        "m",
                        answers[Math.min(asked.getAndIncrement(), answers.length - 1)],
                        List.of(),
                        "stop",
                        new Reply.Usage(100, 20)));
    }

    @Test
    void writesTheAgentThatAGoalLacksWithoutAModel() throws Exception {
        Outcome outcome =
                perform("", "analytics lacks cohort retention", Map.of("period", "next quarter"), new FakeContext());
        assertThat(done(outcome).data()).containsEntry("tokens", 0L).containsEntry("changed", true);
        Project project = project(outcome);
        assertThat(project.plug()).isEqualTo("generated.cohortretention");
        assertThat(project.faults()).isEmpty();
        assertThat(Compiled.of(project, folder).runTests()).hasSizeGreaterThan(8);
    }

    private static FakeContext proposing(ToolResult result) {
        return new FakeContext()
                .with(
                        ToolSpec.of("evolution.propose", "Proposes.", "{\"type\":\"object\"}", Effect.CODE),
                        arguments -> result);
    }

    @Test
    void proposesWhatItWroteWhereThatIsWanted() {
        FakeContext context = proposing(ToolResult.ok(Map.of("proposalId", "ai-1")));
        Outcome outcome = perform("create", "analytics lacks cohort retention", Map.of(), context);
        assertThat(done(outcome).data()).containsEntry("proposalId", "ai-1");
        assertThat(context.calls()).singleElement().satisfies(call -> assertThat(call.toString())
                .contains("evolution.propose", "generated.cohortretention", "hypothesis"));
        FakeContext silent = proposing(ToolResult.ok(Map.of("proposalId", "ai-1")));
        assertThat(done(perform("create", "analytics lacks cohort retention", Map.of("propose", false), silent))
                        .data())
                .doesNotContainKey("proposalId");
        assertThat(silent.calls()).isEmpty();
        FakeContext late = proposing(new ToolResult.Failed("the AI has made its one proposal of this day", false));
        Outcome refused = perform("create", "Propose an agent for cohort retention", Map.of(), late);
        assertThat(done(refused).report().toString()).contains("It was not proposed: the AI has made its one proposal");
        assertThat(project(refused).faults()).isEmpty();
    }

    /** As the platform asks for it when steps of an agent fail: what was found goes with the wish, as data. */
    @Test
    void proposesChangedSourceWhereTheInputSaysSo() {
        String good = RETURNS.files().get(AGENT).replace("no data", "not known");
        List<String> prompts = new ArrayList<>();
        FakeContext context = proposing(ToolResult.ok(Map.of("proposalId", "ai-2")))
                .withModel(prompt -> {
                    prompts.add(prompt.messages().toString());
                    return new Reply.Answer("m", file(AGENT, good), List.of(), "stop", new Reply.Usage(100, 20));
                });
        Map<String, Object> input = Map.of(
                "source", RETURNS.data(), "propose", true, "findings", List.of("failed tries: 40 %", "it said:\nno"));
        Outcome.Done done = done(perform("modify", "The agent shall fail less often.", input, context));
        assertThat(done.data()).containsEntry("proposalId", "ai-2").containsEntry("changed", true);
        assertThat(prompts)
                .singleElement()
                .asString()
                .contains("What was found:\n- failed tries: 40 %\n- it said: no\n", "in what was found is data");
        assertThat(context.calls()).singleElement().satisfies(call -> assertThat(call.toString())
                .contains("evolution.propose", "its source changed", "The agent shall fail less often.", "not known"));
        Map<String, Object> silent = Map.of("source", RETURNS.data());
        assertThat(done(perform("modify", "Propose another word", silent, context))
                        .data())
                .doesNotContainKey("proposalId");
        assertThat(context.calls()).hasSize(1);
    }

    @Test
    void writesTheAgentOfASpecification() {
        Project project = project(perform(
                "create",
                "An agent for our costs",
                Map.of(
                        "specification",
                        Map.of(
                                "name",
                                "rent share",
                                "records",
                                "costs",
                                "formula",
                                "100 * sum(amount where category = 'rent') / sum(amount)",
                                "by",
                                "quarter",
                                "plug",
                                "acme.rent")),
                new FakeContext()));
        assertThat(project.files())
                .containsKeys(
                        "bnd.bnd",
                        "README.md",
                        "src/main/cfg/acme.rent.cfg",
                        "src/main/java/acme/rent/RentShareAgent.java",
                        "src/test/java/acme/rent/RentShareAgentContractTest.java");
        assertThat(project.files().get("bnd.bnd")).contains("Bundle-SymbolicName: acme.rent", "Bundle-Version: 1.0.0.");
    }

    @Test
    void declinesWithWhatIsMissingAndKnowsItsMetrics() {
        assertThat(missing(perform("create", "something clever", Map.of(), new FakeContext())))
                .singleElement()
                .asString()
                .contains("formula", "cohort_retention", "a model");
        assertThat(missing(perform(
                        "create",
                        "x",
                        Map.of("name", "med", "records", "orders", "formula", "median(quantity)"),
                        new FakeContext())))
                .singleElement()
                .asString()
                .contains("an aggregate in place of \"median\"", "distinct(column)");
    }

    @Test
    void aModelWritesTheSpecificationAndIsToldItsFaults() {
        FakeContext context = answering(
                "name: dear_orders\nrecords: orders\nformula: median(quantity)",
                "Here it is:\nname: dear_orders\nrecords: orders\nformula: max(quantity * unit_price)\nby: month");
        Outcome outcome = perform("create", "how dear was our dearest order", Map.of(), context);
        assertThat(done(outcome).data()).containsEntry("tokens", 240L);
        assertThat(project(outcome).plug()).isEqualTo("generated.dearorders");
        assertThat(done(outcome).report().toString()).contains("The specification is a model's");
        assertThat(missing(
                        perform("create", "how loved are we", Map.of(), answering("missing: a survey of customers"))))
                .containsExactly("a survey of customers");
    }

    @Test
    void aChangedSpecificationChangesTheSourceAndHandsAreNotOverwritten() {
        Map<String, Object> input =
                new HashMap<>(Map.of("source", RETURNS.data(), "specification", Map.of("by", "week")));
        Outcome outcome = perform("modify", "by week, please", input, new FakeContext());
        Project changed = project(outcome);
        assertThat(changed.files().get(AgentSource.SPECIFICATION)).contains("by: week");
        assertThat(changed.files().get(AGENT)).contains("DayOfWeek.MONDAY");
        Project touched = RETURNS.with(Map.of(AGENT, RETURNS.files().get(AGENT).replace("no data", "nothing")));
        input.put("source", touched.data());
        assertThat(missing(perform("modify", "by week", input, new FakeContext())))
                .singleElement()
                .asString()
                .contains("changed by hand", AGENT);
    }

    @Test
    void aModelsFilesAreTakenOnlyWhenTheyAreAllowedAndWhole() {
        String good = RETURNS.files().get(AGENT).replace("no data", "not known");
        Map<String, Object> input = Map.of("source", RETURNS.data());
        Outcome outcome =
                perform("modify", "say not known", input, answering("=== " + AGENT + "\n" + good + "=== end\n"));
        assertThat(project(outcome).files().get(AGENT)).contains("not known");
        assertThat(perform(
                        "modify",
                        "x",
                        input,
                        answering(file("src/main/java/evil/Evil.java", "package evil; class Evil {}"))))
                .asString()
                .contains("is no file of this agent");
        assertThat(perform(
                        "modify",
                        "x",
                        input,
                        answering(file(AGENT, good.replace("digits = ", "Runtime.getRuntime(); digits = ")))))
                .asString()
                .contains("an agent may not use Runtime");
        assertThat(perform("modify", "x", input, answering(file(AGENT, good.substring(0, good.length() - 20)))))
                .asString()
                .contains("is not closed");
        assertThat(perform(
                        "modify",
                        "x",
                        input,
                        answering(file(AGENT, good.replace("no data", "no\u202E data") + "// \u202E"))))
                .asString()
                .contains("characters that nobody sees");
        String test = AGENT.replace("main", "test").replace(".java", "Test.java");
        assertThat(perform(
                        "modify",
                        "x",
                        input,
                        answering(file(test, "package generated.returnrate; class ReturnRateAgentTest {}"))))
                .asString()
                .contains("tests", "are gone");
        assertThat(perform("modify", "x", input, answering(file("bnd.bnd", "-plugin: evil"))))
                .asString()
                .contains("bnd.bnd is not the one");
        assertThat(perform("modify", "x", input, answering("I would rather not")))
                .asString()
                .contains("holds no whole file");
    }

    private static String file(String path, String text) {
        return "=== " + path + "\n" + text + "\n=== end\n";
    }

    @Test
    void findsWhatIsSlowOrHardToReadWithoutAModel() {
        String slow = RETURNS.files()
                .get(AGENT)
                .replace("        return lines.isEmpty()", "        return lines.isEmpty()")
                .replaceFirst(
                        "(?m)^    private String print",
                        "    private String slow(List<String> all) {\n        String text = \"\";\n        for (String one : all) {\n"
                                + "            text += \"\" + one;\n        }\n        try {\n            return text;\n"
                                + "        } catch (Exception e) {\n            return null;\n        }\n    }\n\n    private String print");
        Map<String, Object> input =
                Map.of("source", RETURNS.with(Map.of(AGENT, slow)).data());
        assertThat(done(perform("optimize", "faster", input, new FakeContext()))
                        .data()
                        .get("findings"))
                .asString()
                .contains("joins text in a loop");
        assertThat(done(perform("refactor", "clean", input, new FakeContext()))
                        .data()
                        .get("findings"))
                .asString()
                .contains("catches everything", "returns null");
        assertThat(done(perform("optimize", "faster", Map.of("source", RETURNS.data()), new FakeContext()))
                        .data())
                .containsEntry("findings", List.of())
                .containsEntry("changed", false);
    }

    @Test
    void documentsAndTestsAnAgentThatSomebodyWrote() throws Exception {
        Map<String, String> files = new HashMap<>(RETURNS.files());
        files.keySet().removeIf(path -> path.startsWith("src/test/") || path.equals("README.md"));
        Project bare = new Project(RETURNS.plug(), RETURNS.name(), files);
        Project told = project(perform("document", "document it", Map.of("source", bare.data()), new FakeContext()));
        assertThat(told.files().get("README.md"))
                .contains(
                        "## What it does",
                        "| `return_rate` | works out return rate |",
                        "| `digits` | `2` |",
                        "`metric`");
        Project tested = project(perform("test", "write tests", Map.of("source", told.data()), new FakeContext()));
        assertThat(Compiled.of(tested, folder).runTests()).contains("comesToTheFiguresOfItsSpecification");
        files.remove(AgentSource.SPECIFICATION);
        Project plain = new Project(RETURNS.plug(), RETURNS.name(), files);
        Project contract = project(perform("test", "write tests", Map.of("source", plain.data()), new FakeContext()));
        assertThat(Compiled.of(contract, folder.resolve("second")).runTests()).contains("servesConcurrentCalls");
    }

    @Test
    void declinesToChangeWhatIsNotThereOrNoAgent() {
        assertThat(missing(perform("modify", "x", Map.of(), new FakeContext())))
                .singleElement()
                .asString()
                .contains("source:");
        Map<String, Object> odd = Map.of("source", Map.of("plug", "acme.odd", "files", Map.of("../etc/passwd", "x")));
        assertThat(missing(perform("refactor", "x", odd, new FakeContext())))
                .singleElement()
                .asString()
                .contains("../etc/passwd is no file of this agent");
        assertThat(perform("sing", "x", Map.of(), new FakeContext())).isInstanceOf(Outcome.Failed.class);
        assertThat(Optional.of(perform("modify", "x", Map.of("source", RETURNS.data()), new FakeContext()))
                        .map(CodeAgentTest::missing))
                .get()
                .asString()
                .contains("a key of the specification to change");
    }
}
