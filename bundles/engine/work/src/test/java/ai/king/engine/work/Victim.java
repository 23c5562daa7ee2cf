/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.store.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One life of the killed process. */
final class Victim {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final String address;

    private Victim(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it; empty when it died at its trap before it could answer.
     *
     * @param options of the virtual machine, its class path among them
     */
    static Optional<Victim> start(List<String> options, String url, String user, int recorder, String fault, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
        command.addAll(options);
        if (!fault.isEmpty()) {
            command.add("-Dking.fault=" + fault);
        }
        command.addAll(List.of(VictimMain.class.getName(), url, user, String.valueOf(recorder)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("PORT ")) {
                return Optional.of(new Victim(process, "http://127.0.0.1:" + line.substring(5)));
            }
        }
        return Optional.empty();
    }

    /** Whether the goal was acknowledged before the process died. */
    boolean submit(String text) {
        return post("/goal", text).isPresent();
    }

    /** The same of a task. */
    boolean task(String text) {
        return post("/task", text).isPresent();
    }

    Optional<String> post(String path, String text) {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .POST(HttpRequest.BodyPublishers.ofString(text))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, Object> state() {
        return Json.readMap(post("/state", "").orElseThrow());
    }

    /** Waits for the death at the trap; false when it lives on. */
    boolean diesWithin(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Ends it as an operator does, which lets it do what is to be done at its end. */
    boolean ends() throws InterruptedException {
        process.destroy();
        return diesWithin(60);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
