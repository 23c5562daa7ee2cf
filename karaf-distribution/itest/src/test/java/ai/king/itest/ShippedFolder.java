/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The distribution's {@code plugs/} with the settings of a site that has an account with every vendor. */
final class ShippedFolder {

    private ShippedFolder() {}

    private static final String TESTS = "-tests.jar";

    /** Whose tests come along: one is enough to see what becomes of them, and each takes the jail some seconds more. */
    private static final String TESTED = "ai.king.agent.echo";

    /** A folder to start a node with, as {@code -Dking.plugs=...}; every vendor is at the address. */
    static Path at(String url) throws IOException {
        return with(Map.of(
                "ai.king.inference.openai.cfg", List.of("url = " + url + "/v1", "model = ship-openai"),
                "ai.king.inference.vllm.cfg", List.of("url = " + url + "/v1", "model = ship-vllm"),
                "ai.king.inference.ollama.cfg", List.of("url = " + url, "model = ship-ollama"),
                "ai.king.inference.anthropic.cfg",
                        List.of("url = " + url + "/v1", ".key = k", "model = ship-anthropic"),
                "ai.king.inference.gemini.cfg",
                        List.of("url = " + url + "/v1beta", ".key = k", "model = ship-gemini")));
    }

    /** The same with lines added to the named configurations. */
    static Path with(Map<String, List<String>> settings) throws IOException {
        Path folder = Files.createTempDirectory("plugs");
        for (Path file : files(Node.home().resolve("plugs"))) {
            String name = file.getFileName().toString();
            if (!name.endsWith(TESTS) || name.equals(TESTED + TESTS)) {
                Path copy = Files.copy(file, folder.resolve(name));
                Files.write(copy, settings.getOrDefault(name, List.of()), java.nio.file.StandardOpenOption.APPEND);
            }
        }
        return folder;
    }

    /** The jars of the distribution, in order. */
    static List<Path> jars() throws IOException {
        return files(Node.home().resolve("plugs")).stream()
                .filter(file ->
                        file.toString().endsWith(".jar") && !file.toString().endsWith(TESTS))
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
