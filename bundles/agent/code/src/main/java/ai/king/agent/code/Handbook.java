/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README of an agent, read off its source: what it says there of its skills and options. */
final class Handbook {

    private static final Pattern DESCRIPTION = Pattern.compile("description\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PROFILE = Pattern.compile("(?s)@AgentProfile\\((.*?)\\)\\s*public\\b");
    private static final Pattern SKILL = Pattern.compile("\"([a-z_]+):\\s*((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern OPTION = Pattern.compile(
            "(?s)@AttributeDefinition\\(\\s*description\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"[^)]*\\)\\s*[\\w.\\[\\]]+\\s+(\\w+)\\(\\)"
                    + "(?:\\s+default\\s+([^;]+))?;");
    private static final Pattern DATA = Pattern.compile("\"([a-z][A-Za-z]*)\"\\s*,");
    private static final Pattern UNSAID = Pattern.compile(
            "(?m)(^|[^/\\s])[ \\t]*\\n(?:@[^\\n]*\\n)*public [^\\n;{]*(?:class|record|interface|enum) (\\w+)");

    private Handbook() {}

    /** Empty when the agent's class says nothing of itself. */
    static Optional<String> of(Project project) {
        return project.agent().flatMap(agent -> of(project, agent.getValue()));
    }

    private static Optional<String> of(Project project, String source) {
        Matcher profile = PROFILE.matcher(source);
        if (!profile.find()) {
            return Optional.empty();
        }
        Matcher description = DESCRIPTION.matcher(profile.group(1));
        if (!description.find()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        lines.addAll(List.of("# " + project.plug(), "", "## What it does", ""));
        lines.addAll(List.of(plain(description.group(1)) + ".", "", "| action | does |", "|---|---|"));
        Matcher skills = SKILL.matcher(profile.group(1));
        while (skills.find()) {
            lines.add("| `" + skills.group(1) + "` | " + plain(skills.group(2)) + " |");
        }
        lines.addAll(List.of("", "## Configuration", "", "`" + project.plug() + ".cfg`", ""));
        lines.addAll(options(source));
        lines.addAll(List.of("", "## What it emits", "", emits(source), "", "## Limits", ""));
        lines.addAll(List.of(limits(source), "", "## Try it", "", "Propose it; its tests come along.", ""));
        return Optional.of(String.join("\n", lines));
    }

    private static List<String> options(String source) {
        List<String> lines = new ArrayList<>(List.of("| key | default | meaning |", "|---|---|---|"));
        Matcher options = OPTION.matcher(source);
        while (options.find()) {
            String preset =
                    options.group(3) == null ? "" : options.group(3).strip().replace("\"", "");
            lines.add("| `" + key(options.group(2)) + "` | `" + preset + "` | " + plain(options.group(1)) + " |");
        }
        return lines.size() > 2 ? lines : List.of("None.");
    }

    /** As declarative services read a method's name. */
    private static String key(String method) {
        return method.replaceFirst("^_", ".").replace('_', '.');
    }

    private static String emits(String source) {
        int done = source.indexOf("Outcome.Done(");
        if (done < 0) {
            return "Nothing.";
        }
        int end = source.indexOf(';', done);
        Matcher keys = DATA.matcher(source.substring(done, end < 0 ? source.length() : end));
        List<String> names = new ArrayList<>();
        while (keys.find()) {
            names.add("`" + keys.group(1) + "`");
        }
        return names.isEmpty() ? "A report." : "`data`: " + String.join(", ", names) + "; a report.";
    }

    private static String limits(String source) {
        return source.contains("Outcome.Declined(")
                ? "What it needs and does not find it declines, and says what that is."
                : "It declines nothing.";
    }

    private static String plain(String literal) {
        return literal.replace("\\\"", "\"").replace("\\\\", "\\").replace("|", "/");
    }

    /** Types that say nothing of themselves, each with its file. */
    static List<String> unsaid(Project project) {
        List<String> found = new ArrayList<>();
        new TreeMap<>(project.files()).forEach((path, text) -> {
            if (path.startsWith("src/main/java/") && path.endsWith(".java")) {
                Matcher types = UNSAID.matcher(text);
                while (types.find()) {
                    found.add(path + ": " + types.group(2) + " has no comment that says what it is");
                }
            }
        });
        return found;
    }
}
