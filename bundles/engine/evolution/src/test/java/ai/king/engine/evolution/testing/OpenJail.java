/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.testing;

import ai.king.agent.Agent;
import ai.king.evolution.Jail;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A jail without walls: its residents are the class {@code Worker} of their jar, which takes no configuration. */
public final class OpenJail implements Jail {

    public final AtomicInteger open = new AtomicInteger();
    public final List<String> housed = new ArrayList<>();

    @Override
    public String tier() {
        return "T3";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Trial test(Path bundle, Optional<Path> tests, Map<String, Object> configuration, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Built build(Source source, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Resident house(Path bundle, Map<String, Object> configuration, String name) {
        housed.add(bundle.getFileName() + " " + configuration);
        try {
            URLClassLoader loader = new URLClassLoader(
                    new URL[] {bundle.toUri().toURL()}, getClass().getClassLoader());
            Agent agent = (Agent) loader.loadClass("acme.worker.Worker")
                    .getDeclaredConstructor()
                    .newInstance();
            open.incrementAndGet();
            return new Resident() {
                @Override
                public Agent agent() {
                    return agent;
                }

                @Override
                public Optional<String> wake() {
                    return Optional.empty();
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                    try {
                        loader.close();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
