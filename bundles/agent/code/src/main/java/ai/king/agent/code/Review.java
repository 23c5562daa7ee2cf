/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is worth a second look in the source of an agent, by rules that need no model; each with file and line. */
final class Review {

    private static final int LONG_FILE = 300;
    private static final int LONG_METHOD = 30;
    private static final Pattern METHOD =
            Pattern.compile("(?m)^    (?!return|new|throw|else)[\\w<>\\[\\], ?.@]+ (\\w+)\\([^;{}]*\\)[^;{}=]*\\{");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.){6,})\"");

    /** Costs time or memory. */
    private static final Map<Pattern, String> SLOW = Map.of(
            Pattern.compile("\\.records\\([^;]*;[^}]*\\bfor\\b[^}]*\\.records\\("),
                    "reads records inside a loop: read them once",
            Pattern.compile("(?s)\\b(for|while)\\s*\\([^{]*\\{[^{}]*\\+=\\s*\"\""),
                    "joins text in a loop: a StringBuilder does it once",
            Pattern.compile("(?s)\\b(for|while)\\s*\\([^{]*\\{[^{}]*Pattern\\.compile"),
                    "compiles a pattern in a loop: keep it",
            Pattern.compile("\\.matches\\(\"\"\\)[^;]*;[^}]*\\.matches\\(\"\"\\)"),
                    "matches by text, which compiles a pattern at each call: keep the pattern",
            Pattern.compile("(?s)\\b(for|while)\\s*\\([^{]*\\{[^{}]*\\.contains\\([^}]*\\.add\\("),
                    "looks a list through for each row: a set answers at once",
            Pattern.compile("\\.collect\\([^;]*\\)\\.size\\(\\)"), "collects only to count: count()");

    /** Costs the reader. */
    private static final Map<Pattern, String> UNCLEAR = Map.of(
            Pattern.compile("catch\\s*\\(\\s*(Exception|Throwable)\\b"), "catches everything: name what is expected",
            Pattern.compile("catch\\s*\\([^)]*\\)\\s*\\{\\s*\\}"), "swallows an exception",
            Pattern.compile("\\breturn\\s+null\\b"), "returns null: an Optional says that there may be nothing",
            Pattern.compile("\\bimport\\s+[\\w.]+\\.\\*"), "imports by a star",
            Pattern.compile("(?s)\\bif\\s*\\([^{}]*\\{[^{}]*\\bif\\s*\\([^{}]*\\{[^{}]*\\bif\\s*\\("),
                    "three conditions in each other",
            Pattern.compile("\\b(double|float)\\b[^;(]*\\b(price|amount|revenue|cost)\\b"),
                    "keeps money in a floating point number");

    private Review() {}

    /** What could be faster. */
    static List<String> slow(Project project) {
        return found(project, SLOW, false);
    }

    /** What could be clearer. */
    static List<String> unclear(Project project) {
        return found(project, UNCLEAR, true);
    }

    private static List<String> found(Project project, Map<Pattern, String> rules, boolean shape) {
        List<String> found = new ArrayList<>();
        new TreeMap<>(project.files()).forEach((path, text) -> {
            if (!path.startsWith("src/main/java/") || !path.endsWith(".java")) {
                return;
            }
            String code = JavaText.bare(text, new ArrayList<>());
            List<String> here = new ArrayList<>();
            rules.forEach((rule, says) -> {
                Matcher matcher = rule.matcher(code);
                if (matcher.find()) {
                    here.add(path + ": " + says);
                }
            });
            if (shape) {
                shape(path, text, code, here);
            }
            here.sort(String::compareTo);
            found.addAll(here);
        });
        return found;
    }

    private static void shape(String path, String text, String code, List<String> found) {
        long lines = text.lines().count();
        if (lines > LONG_FILE) {
            found.add(path + ": " + lines + " lines: two things stand in one file");
        }
        Matcher methods = METHOD.matcher(code);
        while (methods.find()) {
            long length = code.substring(methods.end(), end(code, methods.end()))
                    .lines()
                    .count();
            if (length > LONG_METHOD) {
                found.add(path + ": " + methods.group(1) + " has " + length + " lines");
            }
        }
        Map<String, Integer> literals = new HashMap<>();
        Matcher literal = LITERAL.matcher(text);
        while (literal.find()) {
            literals.merge(literal.group(1), 1, Integer::sum);
        }
        literals.forEach((value, times) -> {
            if (times > 2) {
                found.add(path + ": \"" + value + "\" stands " + times + " times: name it once");
            }
        });
    }

    /** Where the block that was opened before this place ends. */
    private static int end(String code, int from) {
        int depth = 1;
        int at = from;
        while (at < code.length() && depth > 0) {
            char c = code.charAt(at++);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return at;
    }
}
