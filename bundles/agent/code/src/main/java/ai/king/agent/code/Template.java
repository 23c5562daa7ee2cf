/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reference agent under another name, cut as {@code ./king new agent} cuts it; its skills are put in place of its own. */
final class Template {

    private static final String FROM = "ai.king.agent.echo";
    private static final String TYPE = "EchoAgent";
    private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\* Repeats the goal.*?\\*/\n");
    private static final Pattern PROFILE = Pattern.compile("(?s)@AgentProfile\\(.*?\\)\npublic ");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (static )?([\\w.]+?)\\.(\\w+);\n");
    private static final Pattern BUILD = Pattern.compile("(?s)<bnd><!\\[CDATA\\[\n(.*?)]]></bnd>");

    private final String plug;
    private final String name;
    private final String type;

    /**
     * @param plug symbolic name
     * @param name of the agent
     * @param type of its class
     */
    Template(String plug, String name, String type) {
        this.plug = plug;
        this.name = name;
        this.type = type;
    }

    static Template of(Specification specification) {
        return new Template(specification.plug(), specification.agent(), specification.type() + "Agent");
    }

    String packageInfo() {
        return renamed("main/java/ai/king/agent/echo/package-info.java")
                .replaceAll("/\\*\\* The reference agent: [^\\n]*?\\. \\*/", "/** The " + name + " agent. */");
    }

    /**
     * The agent's class: head and annotations as the reference agent has them.
     *
     * @param about what the class does, for its comment
     * @param profile what stands in {@code @AgentProfile(...)}
     * @param body what stands between the braces
     * @param imports beside those of the reference agent; the unused are left out
     */
    String agent(String about, String profile, String body, List<String> imports) {
        String text = renamed("main/java/ai/king/agent/echo/EchoAgent.java");
        text = text.substring(0, text.indexOf("{\n", text.indexOf(" implements Agent")) + 2);
        text = JAVADOC.matcher(text).replaceFirst(Matcher.quoteReplacement("/** " + about + " */\n"));
        text = PROFILE.matcher(text)
                .replaceFirst(Matcher.quoteReplacement("@AgentProfile(\n" + profile + ")\npublic "));
        return imported(text + body + "}\n", imports);
    }

    /** The contract every agent keeps, with a context for its task. */
    String contract(String body, List<String> imports) {
        String text = renamed("test/java/ai/king/agent/echo/EchoAgentContractTest.java");
        return imported(text.substring(0, text.lastIndexOf('}')) + body + "}\n", imports);
    }

    /** The instructions for bnd that a project of one's own has. */
    String build() {
        Matcher build = BUILD.matcher(resource("pom.xml"));
        if (!build.find()) {
            throw new IllegalStateException("the template has no instructions for bnd");
        }
        return build.group(1).replace("${project.artifactId}", plug).replace("${project.version}", "1.0.0");
    }

    /** Puts imports in order and leaves out those that nothing uses. */
    static String imported(String text, List<String> more) {
        TreeSet<String> statics = new TreeSet<>();
        TreeSet<String> plain = new TreeSet<>(more);
        Matcher found = IMPORT.matcher(text);
        while (found.find()) {
            (found.group(1) == null ? plain : statics).add(found.group(2) + "." + found.group(3));
        }
        int start = text.indexOf(";\n") + 2;
        String rest = IMPORT.matcher(text.substring(start)).replaceAll("").stripLeading();
        List<String> head = new ArrayList<>();
        statics.stream().filter(one -> used(rest, one)).forEach(one -> head.add("import static " + one + ";"));
        if (!head.isEmpty()) {
            head.add("");
        }
        plain.stream().filter(one -> used(rest, one)).forEach(one -> head.add("import " + one + ";"));
        return text.substring(0, start) + "\n" + String.join("\n", head) + "\n\n" + rest;
    }

    private static boolean used(String text, String imported) {
        String simple = imported.substring(imported.lastIndexOf('.') + 1);
        return Pattern.compile("\\b" + simple + "\\b").matcher(text).find();
    }

    private String renamed(String file) {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return resource(file)
                .replace(FROM, plug)
                .replace(TYPE, type)
                .replaceAll("\\becho\\b", name)
                .replaceAll("\\bEcho\\b", capital)
                .replaceFirst("^/\\* SPDX[^\\n]*\\n", "");
    }

    private static String resource(String file) {
        try (InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream("template/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the template cannot be read", e);
        }
    }
}
