/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

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

    /** Stops it as a swap does; why that did not end well. */
    static Optional<String> stopped(Bundle candidate) {
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
