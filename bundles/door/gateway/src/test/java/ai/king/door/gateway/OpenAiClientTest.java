/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.inference.Listener;
import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OpenAI's own client for Node against the gateway: {@code src/test/node}, which {@code ./king test} installs. */
@Timeout(180)
final class OpenAiClientTest {

    private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();

    @Test
    void serves() throws Exception {
        Assumptions.assumeTrue(
                Files.isDirectory(FOLDER.resolve("node_modules/openai")),
                "OpenAI's client is not installed: npm ci in bundles/door/gateway/src/test/node");
        Assumptions.assumeTrue(node(), "node is not there");
        try (Doorway doorway = new Doorway(new Clever(), 8)) {
            Path output = Files.createTempFile("gateway", ".tap");
            ProcessBuilder command = new ProcessBuilder("node", "--test", "--test-reporter=tap", "client.test.mjs")
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            command.environment().put("GATEWAY", "http://127.0.0.1:" + doorway.port() + "/v1");
            Process client = command.start();
            try {
                assertThat(client.waitFor(120, TimeUnit.SECONDS)).isTrue();
            } finally {
                client.destroyForcibly();
            }
            String told = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(client.exitValue()).as(told).isZero();
            assertThat(told).contains("# fail 0").doesNotContain("# pass 0\n");
        }
    }

    private static boolean node() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** A model that does what it is told to. */
    private static final class Clever implements Inferences {
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public Reply chat(Prompt prompt, Need need, Listener listener) {
            Message last = prompt.messages().get(prompt.messages().size() - 1);
            if (last.role() == Message.Role.TOOL) {
                return said(listener, "There are ", last.text(), ".");
            }
            if (!prompt.functions().isEmpty()) {
                return new Reply.Answer(
                        "small",
                        "",
                        List.of(new Message.FunctionCall("call_1", "stock", "{\"sku\":\"DOG\"}")),
                        "tool_calls",
                        new Reply.Usage(3, 2));
            }
            return switch (last.text()) {
                case "risk?" -> said(listener, "risk " + need.risk(), need.requiresAccuracy() ? ", accurate" : "");
                case "count to 20000" -> counted(listener);
                case "refuse" -> new Reply.Unavailable("a: it refused", false, Optional.empty());
                case "fail" -> new Reply.Unavailable("no backend answers", true, Optional.of(7L));
                case "break off" -> {
                    listener.onText("half");
                    yield new Reply.Unavailable("a: the answer broke off", true, Optional.empty());
                }
                case "never end" -> endless(listener);
                case "ended?" -> said(listener, ended() ? "ended" : "still there");
                default -> said(listener, "Hello", " world");
            };
        }

        private static Reply said(Listener listener, String... pieces) {
            for (String piece : pieces) {
                listener.onText(piece);
            }
            return new Reply.Answer("small", String.join("", pieces), List.of(), "stop", new Reply.Usage(3, 2));
        }

        private static Reply counted(Listener listener) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 20_000; i++) {
                listener.onText(i + " ");
                text.append(i).append(' ');
            }
            return new Reply.Answer("small", text.toString(), List.of(), "stop", new Reply.Usage(3, 20_000));
        }

        private Reply endless(Listener listener) {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    listener.onText("more and more ");
                }
                return new Reply.Unavailable("interrupted", true, Optional.empty());
            } finally {
                ended.countDown();
            }
        }

        private boolean ended() {
            try {
                return ended.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public Optional<List<float[]>> embed(List<String> texts) {
            return Optional.of(texts.stream()
                    .map(text -> new float[] {text.length(), 0.5f})
                    .toList());
        }

        @Override
        public boolean canChat() {
            return true;
        }

        @Override
        public List<Backend> backends() {
            return List.of(new Backend("a", "openai", List.of("small"), "UP", 0, "", 0, BigDecimal.ZERO));
        }
    }
}
