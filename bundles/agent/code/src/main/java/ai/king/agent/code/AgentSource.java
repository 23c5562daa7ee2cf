/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a whole agent from a specification: the same specification always gives the same files. */
final class AgentSource {

    static final String SPECIFICATION = "specification.txt";

    private static final List<String> IMPORTS = List.of(
            "ai.king.agent.BusinessData",
            "ai.king.agent.Records",
            "ai.king.agent.Source",
            "java.math.BigDecimal",
            "java.math.RoundingMode",
            "java.time.DayOfWeek",
            "java.time.LocalDate",
            "java.time.YearMonth",
            "java.time.temporal.ChronoUnit",
            "java.time.temporal.TemporalAdjusters",
            "java.util.ArrayList",
            "java.util.Comparator",
            "java.util.HashMap",
            "java.util.Optional",
            "java.util.TreeMap");

    private static final String CFG =
            """
            # Digits behind the decimal point
            #digits = 2
            # Rows of the table at most, of periods the latest
            #groups = 60
            """;

    private final Specification specification;
    private final Template template;

    private AgentSource(Specification specification) {
        this.specification = specification;
        this.template = Template.of(specification);
    }

    static Project of(Specification specification) {
        return new AgentSource(specification).project();
    }

    private Project project() {
        String folder = specification.plug().replace('.', '/') + "/";
        String type = specification.type();
        TestSource tests = new TestSource(specification, template);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("bnd.bnd", template.build());
        files.put("README.md", readme());
        files.put(SPECIFICATION, lines(specification.written()));
        files.put("src/main/cfg/" + specification.plug() + ".cfg", CFG);
        files.put("src/main/java/" + folder + "package-info.java", template.packageInfo());
        files.put("src/main/java/" + folder + specification.measure() + ".java", MeasureSource.of(specification));
        files.put("src/main/java/" + folder + type + "Agent.java", agent());
        files.put("src/test/java/" + folder + type + "AgentContractTest.java", tests.contract());
        files.put("src/test/java/" + folder + type + "AgentTest.java", tests.figures());
        return new Project(specification.plug(), specification.agent(), files);
    }

    /** The keys and values of a specification, a line each, in their own order. */
    static String lines(Map<String, String> written) {
        StringBuilder lines = new StringBuilder();
        for (String key : Specification.KEYS) {
            if (written.containsKey(key)) {
                lines.append(key).append(": ").append(written.get(key)).append('\n');
            }
        }
        return lines.toString();
    }

    private String agent() {
        String sentence = specification.sentence();
        String profile = "        description = " + MeasureSource.quoted("Works out " + sentence) + ",\n"
                + "        capabilities = "
                + MeasureSource.quoted(specification.name() + ": works out " + specification.title());
        return template.agent("Works out " + sentence + ".", profile, AgentBody.of(specification), IMPORTS);
    }

    private String readme() {
        return """
                # @PLUG@

                ## What it does

                Works out @SENTENCE@.

                | action | does |
                |---|---|
                | `@NAME@` | `@FORMULA@`, period @PERIOD@ |

                ## Configuration

                `@PLUG@.cfg`

                | key | default | meaning |
                |---|---|---|
                | `digits` | `2` | digits behind the decimal point |
                | `groups` | `60` | rows of the table at most, of periods the latest |

                ## What it emits

                `data`: `metric`, `unit`, `columns`, `rows`; a report with the table and its source. No tool is called, no model is asked.

                ## Limits

                Without a business, or without rows that count, it declines. A figure that the rows do not give is "no data", never zero.

                ## Try it

                Propose it; its tests come along.
                """
                .replace("@PLUG@", specification.plug())
                .replace("@SENTENCE@", specification.sentence())
                .replace("@NAME@", specification.name())
                .replace("@FORMULA@", specification.written().getOrDefault("formula", ""))
                .replace("@PERIOD@", specification.written().getOrDefault("period", "all"));
    }

    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
