/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import ai.king.engine.evolution.check.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code terraform fmt -check}: reads text, loads no provider, reaches nothing. */
final class FormatCommand {

    private static final int SECONDS = 20;
    private static final int SHOWN = 2_000;

    private final String command;

    FormatCommand(String command) {
        this.command = command;
    }

    /** Why it cannot run here; empty when it can. */
    Optional<String> missing() {
        return program().isPresent()
                ? Optional.empty()
                : Optional.of("no terraform on this node: run terraform fmt -check before you apply it");
    }

    private Optional<Path> program() {
        if (command.isBlank()) {
            return Optional.empty();
        }
        if (command.contains("/")) {
            return Optional.of(Path.of(command)).filter(Files::isExecutable);
        }
        String path = System.getenv("PATH");
        return Arrays.stream((path == null ? "" : path).split(":"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Answer ask(Path folder) throws IOException {
        Path said = folder.resolve(".said");
        Process process = start(folder, said);
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return Answer.notAssessed("terraform fmt did not end within " + SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.notAssessed("terraform fmt was interrupted");
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() == 0) {
            return Answer.pass("terraform fmt -check finds nothing to change");
        }
        String text = Files.readString(said, StandardCharsets.UTF_8).strip();
        return Answer.of(List.of("terraform fmt -check: " + text.substring(0, Math.min(SHOWN, text.length()))), "");
    }

    private Process start(Path folder, Path said) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        program().orElseThrow().toString(), "fmt", "-check", "-recursive", "-no-color")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("HOME", folder.toString());
        environment.put("CHECKPOINT_DISABLE", "1");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
