/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the tests of an agent that works a metric out: the contract, and figures that were computed apart from its code. */
final class TestSource {

    private static final List<String> IMPORTS = List.of(
            "ai.king.agent.Agent",
            "ai.king.agent.Outcome",
            "ai.king.agent.Task",
            "ai.king.kit.Configs",
            "ai.king.kit.FakeBusiness",
            "ai.king.kit.FakeContext",
            "ai.king.kit.Sources",
            "java.util.List",
            "java.util.Map",
            "org.junit.jupiter.api.Test");

    private static final String CONTRACT =
            """

                @Override
                protected Task task() {
                    return new Task("step-1", "@METRIC@", "What is it?", Map.of(), Map.of(), List.of());
                }

                @Override
                protected FakeContext context() {
                    return new FakeContext().with(@TYPE@AgentTest.business());
                }
            """;

    private static final String FIGURES =
            """
            package @PLUG@;

            import static org.assertj.core.api.Assertions.assertThat;

            class @TYPE@AgentTest {

                static FakeBusiness business() {
                    return new FakeBusiness()
                            .columns("@RECORDS@", @COLUMNS@)
            @ROWS@;
                }

                private static Outcome perform(FakeContext context) {
                    return perform(Map.of(), "@METRIC@", context);
                }

                private static Outcome perform(Map<String, Object> options, String action, FakeContext context) {
                    return new @TYPE@Agent(Configs.of(@TYPE@Agent.Config.class, options))
                            .perform(new Task("s-1", action, "What is it?", Map.of(), Map.of(), List.of()), context);
                }

                private static List<?> rows(Map<String, Object> options) {
                    Outcome outcome = perform(options, "", new FakeContext().with(business()));
                    return (List<?>) ((Outcome.Done) outcome).data().get("rows");
                }

                @Test
                void comesToTheFiguresOfItsSpecification() {
                    assertThat(perform(new FakeContext().with(business())))
                            .isInstanceOfSatisfying(Outcome.Done.class, done -> {
                                assertThat(done.data()).containsEntry("metric", "@METRIC@").containsEntry(
                                        "rows",
                                        @EXPECTED@);
                                assertThat(Sources.missingIn(done.report())).isEmpty();
                            });
                }

                @Test
                void keepsItsOptionsWithinTheirBounds() {
                    assertThat(rows(Map.of("digits", 99))).isEqualTo(rows(Map.of("digits", 10)));
                    assertThat(rows(Map.of("digits", -1))).isEqualTo(rows(Map.of("digits", 0)));
                    assertThat(rows(Map.of("groups", 0))).isEqualTo(rows(Map.of("groups", 1))).hasSize(1);
                }

                @Test
                void failsForGoodForWhatItCannotDo() {
                    assertThat(perform(Map.of(), "sing", new FakeContext().with(business())))
                            .isInstanceOfSatisfying(
                                    Outcome.Failed.class, failed -> assertThat(failed.retriable()).isFalse());
                }

                @Test
                void declinesWithoutABusinessAndWithoutRows() {
                    assertThat(perform(new FakeContext())).isInstanceOf(Outcome.Declined.class);
                    FakeBusiness empty = new FakeBusiness().columns("@RECORDS@", @COLUMNS@);
                    assertThat(perform(new FakeContext().with(empty))).isInstanceOf(Outcome.Declined.class);
                }
            }
            """;

    private final Specification specification;
    private final Template template;

    TestSource(Specification specification, Template template) {
        this.specification = specification;
        this.template = template;
    }

    String contract() {
        return template.contract(named(CONTRACT), IMPORTS);
    }

    String figures() {
        List<Map<String, Object>> rows = ExampleRows.of(specification);
        List<List<String>> expected = Reckoning.of(specification, rows);
        if (expected.isEmpty()) {
            throw new Unclear("where: conditions that one row can meet together; no example row meets these");
        }
        String made = rows.stream()
                .map(row -> "                .row(\"" + specification.records().kind() + "\", "
                        + list(row.values().stream().map(String::valueOf).toList()) + ")")
                .collect(Collectors.joining("\n"));
        String wanted = expected.stream()
                .map(row -> "List.of(" + list(row) + ")")
                .collect(Collectors.joining(",\n                                        ", "List.of(", ")"));
        return Template.imported(
                named(FIGURES)
                        .replace("@ROWS@", made)
                        .replace("@EXPECTED@", wanted)
                        .replace("@COLUMNS@", list(specification.records().names())),
                IMPORTS);
    }

    private String named(String text) {
        return text.replace("@PLUG@", specification.plug())
                .replace("@TYPE@", specification.type())
                .replace("@METRIC@", specification.name())
                .replace("@RECORDS@", specification.records().kind());
    }

    private static String list(List<String> texts) {
        return texts.stream().map(MeasureSource::quoted).collect(Collectors.joining(", "));
    }
}
