/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** How the candidate's components begin and end. */
final class Lives {

    private static final long STOP_SECONDS = 3;
    private static final int MOST_SAID = 1 << 16;

    private Lives() {}

    /** Why a component of it failed to come to life; empty when none did, or none yet. */
    static Optional<String> refused(BundleContext context, Bundle candidate) {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
        if (runtime == null) {
            return Optional.empty();
        }
        return runtime.getComponentDescriptionDTOs(candidate).stream()
                .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
                .filter(one -> one.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .map(one -> cause(one.failure))
                .findFirst();
    }

    /** Stops it as a swap does; why that did not end well. Only its runtime of components hears what a stop method throws. */
    static Optional<String> stopped(Bundle candidate) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(new Bounded(said, MOST_SAID), true, StandardCharsets.UTF_8));
        try {
            return ended(candidate).or(() -> thrown(said.toString(StandardCharsets.UTF_8)));
        } finally {
            System.setErr(before);
            before.print(said.toString(StandardCharsets.UTF_8));
        }
    }

    private static Optional<String> ended(Bundle candidate) {
        FutureTask<Boolean> stop = new FutureTask<>(() -> {
            candidate.stop();
            return true;
        });
        Thread thread = new Thread(stop, "stop");
        thread.setDaemon(true);
        thread.start();
        try {
            stop.get(STOP_SECONDS, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of("it did not stop within " + STOP_SECONDS + " s: a swap would wait for its @Deactivate");
        } catch (ExecutionException e) {
            return Optional.of("it does not stop: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the host was interrupted");
        }
    }

    /** What the runtime of components says of a method that threw: a line of its own, then the trace. */
    private static Optional<String> thrown(String said) {
        List<String> lines = said.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("ERROR") && lines.get(i).contains("has thrown an exception")) {
                String what = i + 1 < lines.size() ? lines.get(i + 1) : "an exception";
                return Optional.of("its @Deactivate throws " + what + ": what it holds is not let go of");
            }
        }
        return Optional.empty();
    }

    /** The innermost cause of a stack trace. */
    private static String cause(@Nullable String trace) {
        List<String> lines =
                trace == null ? List.of("no reason given") : trace.lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, last) -> last)
                .map(line -> line.substring("Caused by: ".length()))
                .orElse(lines.isEmpty() ? "no reason given" : lines.get(0));
    }
}
