/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import ai.king.agent.Task;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The source of one agent, all of its files.
 *
 * @param plug symbolic name of the bundle
 * @param name of the agent
 * @param files texts by path, paths with {@code /}
 */
record Project(String plug, String name, Map<String, String> files) {

    private static final int MOST_FILES = 24;
    private static final int LARGEST_FILE = 64 * 1024;
    private static final int LARGEST = 256 * 1024;
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");

    Project {
        files = Map.copyOf(files);
    }

    /** The project that came with a task, or that an earlier step made; empty when there is none. */
    static Optional<Project> of(Task task) {
        return Stream.concat(
                        Stream.of(task.input()),
                        task.results().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(Map.Entry::getValue))
                .map(values -> values.get("source"))
                .flatMap(source -> source instanceof Map<?, ?> map ? read(map).stream() : Stream.empty())
                .findFirst();
    }

    private static Optional<Project> read(Map<?, ?> source) {
        Map<String, String> files = new LinkedHashMap<>();
        if (source.get("files") instanceof Map<?, ?> given) {
            given.forEach((path, text) -> files.put(String.valueOf(path), String.valueOf(text)));
        }
        String plug = String.valueOf(source.get("plug"));
        boolean named = plug.matches("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)*\\.[a-z]+");
        return files.isEmpty() || !named
                ? Optional.empty()
                : Optional.of(new Project(plug, plug.substring(plug.lastIndexOf('.') + 1), files));
    }

    /** As a proposal of the kind SOURCE carries it. */
    Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("kind", "SOURCE");
        data.put("type", "Agent");
        data.put("plug", plug);
        data.put("name", name);
        data.put("sha256", digest());
        data.put("files", new TreeMap<>(files));
        return data;
    }

    /** Over paths and texts: the same files have the same digest. */
    String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(files).forEach((path, text) -> {
                digest.update((path + "\n" + text.length() + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(text.getBytes(StandardCharsets.UTF_8));
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** These files in place of those of the same path, or beside them. */
    Project with(Map<String, String> changed) {
        Map<String, String> all = new TreeMap<>(files);
        all.putAll(changed);
        return new Project(plug, name, all);
    }

    /** The one class that is the agent. */
    Optional<Map.Entry<String, String>> agent() {
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith("src/main/java/")
                        && file.getValue().contains("@AgentName(\"" + name + "\")"))
                .findFirst();
    }

    /** What must not be in it: files that are no part of an agent, too many or too large ones, hidden characters, other Java. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        long size = 0;
        for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
            String path = file.getKey();
            String text = file.getValue();
            size += text.length();
            if (!allowed(path)) {
                faults.add(path + " is no file of this agent");
                continue;
            }
            if (text.length() > LARGEST_FILE) {
                faults.add(path + " is longer than " + LARGEST_FILE / 1024 + " KiB");
            }
            if (HIDDEN.matcher(text).find()) {
                faults.add(path + " holds characters that nobody sees");
            }
            if (path.endsWith(".java")) {
                JavaText.faults(path, text).forEach(fault -> faults.add(path + ": " + fault));
            }
        }
        if (files.size() > MOST_FILES || size > LARGEST) {
            faults.add("at most " + MOST_FILES + " files and " + LARGEST / 1024 + " KiB in all");
        }
        if (agent().isEmpty()) {
            faults.add("no class under src/main/java has @AgentName(\"" + name + "\")");
        }
        String build = new Template(plug, name, "").build();
        if (!build.equals(files.get("bnd.bnd"))) {
            faults.add("bnd.bnd is not the one that every agent has");
        }
        return faults;
    }

    private boolean allowed(String path) {
        String folder = Pattern.quote(plug.replace('.', '/'));
        return path.equals("bnd.bnd")
                || path.equals("README.md")
                || path.equals(AgentSource.SPECIFICATION)
                || path.equals("src/main/cfg/" + plug + ".cfg")
                || path.matches("src/(main|test)/java/" + folder + "/([A-Z][A-Za-z0-9]{0,60}|package-info)\\.java")
                || path.matches("src/main/resources/" + folder + "/[a-z0-9][a-z0-9_-]{0,60}\\.(txt|md|csv)");
    }
}
