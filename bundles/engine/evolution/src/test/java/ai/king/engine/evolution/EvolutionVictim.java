/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.store.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One life of the killed process. */
final class EvolutionVictim {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final String address;

    private EvolutionVictim(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it; empty when it died at its trap before it could answer.
     *
     * @param options of the virtual machine, its class path among them
     */
    static Optional<EvolutionVictim> start(List<String> options, String url, String user, Path folder, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
        command.addAll(options);
        command.addAll(List.of(EvolutionVictimMain.class.getName(), url, user, folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("PORT ")) {
                return Optional.of(new EvolutionVictim(process, "http://127.0.0.1:" + line.substring(5)));
            }
        }
        return Optional.empty();
    }

    /** The answer; empty when the process died. */
    Optional<String> post(String path, String text) {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .timeout(PATIENCE)
                            .POST(HttpRequest.BodyPublishers.ofString(text))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(path + " " + text + ": " + answer.body());
            }
            return Optional.of(answer.body());
        } catch (HttpTimeoutException e) {
            throw new AssertionError(path + " is not answered", e);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands and runs; empty when the process died. */
    Optional<Map<String, Object>> state() {
        return post("/state", "").map(Json::readMap);
    }

    /** The same with how often the ledger says what of whom. */
    Map<String, Object> stateWithLedger() {
        return Json.readMap(post("/state", "ledger").orElseThrow());
    }

    /** Waits for the death at the trap; false when it lives on. */
    boolean diesWithin(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
