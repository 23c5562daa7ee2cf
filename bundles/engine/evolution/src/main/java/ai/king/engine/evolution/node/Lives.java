/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** What the component runtime says of a plug's instance: why it is not there. */
final class Lives {

    private final BundleContext context;

    Lives(BundleContext context) {
        this.context = context;
    }

    /** Why its constructor or activation failed; empty when it did not, or not yet. */
    Optional<String> refused(@Nullable Bundle bundle, String generation) {
        return find(bundle, generation)
                .filter(one -> one.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .map(one -> "it failed to come to life: " + cause(one.failure));
    }

    String state(@Nullable Bundle bundle, String generation) {
        return find(bundle, generation)
                .map(one -> switch (one.state) {
                    case ComponentConfigurationDTO.FAILED_ACTIVATION -> cause(one.failure);
                    case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> "its component lacks "
                            + Arrays.stream(one.unsatisfiedReferences)
                                    .map(reference -> reference.name)
                                    .collect(Collectors.joining(", "));
                    case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> "its component lacks its configuration";
                    default -> "its constructor did not end";
                })
                .orElse("it has no component of this name");
    }

    private Optional<ComponentConfigurationDTO> find(@Nullable Bundle bundle, String generation) {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        if (bundle == null || reference == null) {
            return Optional.empty();
        }
        ServiceComponentRuntime runtime = context.getService(reference);
        if (runtime == null) {
            return Optional.empty();
        }
        try {
            return runtime.getComponentDescriptionDTOs(bundle).stream()
                    .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
                    .filter(one -> generation.equals(one.properties.get("king.generation")))
                    .findFirst();
        } finally {
            context.ungetService(reference);
        }
    }

    /** The innermost cause of a stack trace. */
    private static String cause(@Nullable String trace) {
        List<String> lines = trace == null ? List.of("") : trace.lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, last) -> last)
                .map(line -> line.substring("Caused by: ".length()))
                .orElse(lines.isEmpty() ? "" : lines.get(0));
    }
}
