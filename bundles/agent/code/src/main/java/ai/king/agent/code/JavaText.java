/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a text can be the Java of an agent: whole, named after its file, and without what no agent may use. It tells early what
 * the compiler, the byte code check and the jail would refuse later; those are the wall.
 */
final class JavaText {

    private static final Pattern IMPORT = Pattern.compile("\\bimport\\s+(?:static\\s+)?([\\w.]+(?:\\.\\*)?)\\s*;");
    private static final Pattern MAIN = Pattern.compile(
            "(java\\.(util|time|math|text|nio\\.charset)|ai\\.king\\.(agent|tool|inference|memory|monitor)"
                    + "|org\\.osgi\\.service\\.(component|metatype)\\.annotations|org\\.jspecify\\.annotations)\\..*");
    private static final Pattern TEST =
            Pattern.compile("(org\\.junit\\.jupiter\\.api|org\\.assertj\\.core\\.api|ai\\.king\\.kit)\\..*");
    private static final Pattern NEVER = Pattern.compile(
            "\\b(System\\s*\\.\\s*(exit|getenv|getProperty|setProperty|load|loadLibrary|in|out|err)|Runtime|ProcessBuilder|ProcessHandle"
                    + "|ThreadLocal|ThreadGroup|ClassLoader|Class\\s*\\.\\s*forName|Executors?|ForkJoinPool|Timer"
                    + "|CompletableFuture|native|synchronized)\\b"
                    + "|\\bnew\\s+Thread\\b|\\bjava\\.(io|net|nio\\.file|lang\\.(reflect|invoke)|sql|security)\\b"
                    + "|\\b(sun|jdk|javax|com\\.sun)\\s*\\.");

    private JavaText() {}

    static List<String> faults(String path, String text) {
        List<String> faults = new ArrayList<>();
        if (text.contains("\\u")) {
            faults.add("characters are written as they are, not as \\u....");
        }
        String code = bare(text, faults);
        String folder = path.replaceFirst("^src/(main|test)/java/", "");
        String home = folder.substring(0, Math.max(0, folder.lastIndexOf('/'))).replace('/', '.');
        String type = folder.substring(folder.lastIndexOf('/') + 1).replace(".java", "");
        if (!Pattern.compile("\\bpackage\\s+" + Pattern.quote(home) + "\\s*;")
                .matcher(code)
                .find()) {
            faults.add("its package is not " + home);
        }
        if (!type.equals("package-info")
                && !Pattern.compile("\\b(class|record|interface|enum)\\s+" + type + "\\b")
                        .matcher(code)
                        .find()) {
            faults.add("it declares no type " + type);
        }
        imports(path, code, home, faults);
        Matcher never = NEVER.matcher(IMPORT.matcher(code).replaceAll(""));
        if (never.find()) {
            faults.add("an agent may not use " + never.group().replaceAll("\\s+", " "));
        }
        return faults;
    }

    private static void imports(String path, String code, String home, List<String> faults) {
        boolean test = path.startsWith("src/test/");
        Matcher imports = IMPORT.matcher(code);
        while (imports.find()) {
            String name = imports.group(1);
            boolean may =
                    MAIN.matcher(name).matches() || test && TEST.matcher(name).matches() || name.startsWith(home + ".");
            if (!may) {
                faults.add("an agent may not import " + name);
            }
        }
    }

    /** The text without comments and without what stands in quotes; what is not whole is a fault. */
    static String bare(String text, List<String> faults) {
        StringBuilder code = new StringBuilder();
        Deque<Character> open = new ArrayDeque<>();
        int at = 0;
        while (at < text.length()) {
            int after = skipped(text, at, faults);
            if (after > at) {
                code.append(text.charAt(at) == '/' ? " " : "\"\"");
                at = after;
                continue;
            }
            char c = text.charAt(at++);
            code.append(c);
            if ("([{".indexOf(c) >= 0) {
                open.push(c);
            } else if (")]}".indexOf(c) >= 0 && (open.isEmpty() || "([{".indexOf(open.pop()) != ")]}".indexOf(c))) {
                faults.add("a bracket " + c + " closes what nothing opened");
                return code.toString();
            }
        }
        if (!open.isEmpty()) {
            faults.add("a bracket " + open.peek() + " is not closed");
        }
        return code.toString();
    }

    /** Where a comment or a quoted text that begins here ends; the same place when none begins. */
    private static int skipped(String text, int at, List<String> faults) {
        if (text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        if (text.startsWith("/*", at)) {
            return closed(text, "*/", at + 2, faults);
        }
        if (text.startsWith("\"\"\"", at)) {
            return quoted(text, "\"\"\"", at + 3, true, faults);
        }
        char c = text.charAt(at);
        return c == '"' || c == '\'' ? quoted(text, String.valueOf(c), at + 1, false, faults) : at;
    }

    private static int closed(String text, String mark, int from, List<String> faults) {
        int end = text.indexOf(mark, from);
        if (end < 0) {
            faults.add("a comment is not closed");
            return text.length();
        }
        return end + mark.length();
    }

    private static int quoted(String text, String mark, int from, boolean lines, List<String> faults) {
        int at = from;
        while (at < text.length() && (lines || text.charAt(at) != '\n')) {
            if (text.charAt(at) == '\\') {
                at += 2;
            } else if (text.startsWith(mark, at)) {
                return at + mark.length();
            } else {
                at++;
            }
        }
        faults.add("a text in quotes is not closed");
        return text.length();
    }
}
