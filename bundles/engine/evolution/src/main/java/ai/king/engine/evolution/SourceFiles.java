/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Proposal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a proposal of the kind SOURCE carries: the source of one agent.
 *
 * @param plug symbolic name of the bundle it becomes
 * @param files texts by path
 */
record SourceFiles(String plug, SortedMap<String, String> files) {

    private static final int MOST_FILES = 24;
    private static final int LARGEST_FILE = 64 * 1024;
    private static final int LARGEST = 256 * 1024;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+");
    private static final Pattern NAMED = Pattern.compile("(?m)^Bundle-SymbolicName:\\s*(\\S+)\\s*$");
    private static final String MAIN = "src/main/java/";

    /** Throws {@link IllegalArgumentException} for what is no source of one agent. */
    static SourceFiles of(Map<String, Object> change) {
        if (!(change.get("files") instanceof Map<?, ?> given) || given.isEmpty()) {
            throw new IllegalArgumentException("change.files must hold the text of each file by its path");
        }
        TreeMap<String, String> files = new TreeMap<>();
        given.forEach((path, text) -> files.put(String.valueOf(path), String.valueOf(text)));
        SourceFiles source = new SourceFiles(plug(change, files), files);
        source.check();
        return source;
    }

    static SourceFiles of(Proposal proposal) {
        return of(proposal.change());
    }

    private static String plug(Map<String, Object> change, Map<String, String> files) {
        Matcher named = NAMED.matcher(files.getOrDefault("bnd.bnd", ""));
        Object plug = change.get("plug") != null ? change.get("plug") : named.find() ? named.group(1) : "";
        if (!NAME.matcher(plug.toString()).matches()) {
            throw new IllegalArgumentException(
                    "change.plug must be the symbolic name of the bundle, as acme.retention");
        }
        return plug.toString();
    }

    private void check() {
        int size = 0;
        for (Map.Entry<String, String> file : files.entrySet()) {
            String path = file.getKey();
            size += file.getValue().length();
            if (!allowed(path)) {
                throw new IllegalArgumentException(
                        "change.files: " + Visible.of(path)
                                + " is no file of an agent: java and resources of its own package, bnd.bnd, README.md, its cfg");
            }
            if (file.getValue().length() > LARGEST_FILE) {
                throw new IllegalArgumentException(
                        "change.files: " + path + " is longer than " + LARGEST_FILE / 1024 + " KiB");
            }
        }
        if (files.size() > MOST_FILES || size > LARGEST) {
            throw new IllegalArgumentException(
                    "change.files: at most " + MOST_FILES + " files and " + LARGEST / 1024 + " KiB in all");
        }
        if (files.keySet().stream().noneMatch(path -> path.startsWith(MAIN))) {
            throw new IllegalArgumentException("change.files holds nothing under " + MAIN);
        }
    }

    private boolean allowed(String path) {
        String folder = Pattern.quote(plug.replace('.', '/'));
        return List.of("bnd.bnd", "README.md", "specification.txt", "src/main/cfg/" + plug + ".cfg")
                        .contains(path)
                || path.matches("src/(main|test)/java/" + folder + "/([A-Z][A-Za-z0-9_]{0,80}|package-info)\\.java")
                || path.matches("src/main/resources/" + folder + "/[a-z0-9][a-z0-9._-]{0,80}");
    }

    /** As people read it before they vote: what runs as it is, of the rest how long it is. */
    List<String> lines() {
        StringBuilder text = new StringBuilder();
        files.forEach((path, content) -> {
            text.append(path).append(": ").append(content.lines().count()).append(" lines\n");
            if (path.startsWith("src/main/java/") || path.startsWith("src/main/resources/")) {
                content.lines().forEach(line -> text.append("    ").append(line).append('\n'));
            }
        });
        return text.toString().lines().toList();
    }
}
