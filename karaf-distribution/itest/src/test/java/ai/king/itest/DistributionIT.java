/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static java.util.stream.Collectors.toList;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** The distribution boots, everything in it works, and its log holds nothing that a person must act on. */
public class DistributionIT extends KingExam {

    /** Installed, and started only while somebody asks for it. */
    private static final Set<String> ON_DEMAND = Set.of("org.apache.karaf.shell.ssh");

    @Inject
    private ServiceComponentRuntime components;

    @Test
    public void everyBundleIsActive() {
        List<String> idle = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                .filter(bundle -> !ON_DEMAND.contains(bundle.getSymbolicName()))
                .filter(bundle -> (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0)
                .map(bundle -> bundle + " in state " + bundle.getState())
                .collect(toList());
        assertEquals(List.of(), idle);
    }

    @Test
    public void everyComponentOfOursIsSatisfied() {
        List<String> unsatisfied = components.getComponentDescriptionDTOs().stream()
                .filter(component -> component.bundle.symbolicName.startsWith("ai.king"))
                .flatMap(component -> components.getComponentConfigurationDTOs(component).stream())
                .filter(found -> found.state != ComponentConfigurationDTO.ACTIVE
                        && found.state != ComponentConfigurationDTO.SATISFIED)
                .map(found -> found.description.name + ": "
                        + Arrays.stream(found.unsatisfiedReferences)
                                .map(reference -> reference.name)
                                .collect(toList())
                        + (found.failure == null ? "" : found.failure))
                .collect(toList());
        assertEquals(List.of(), unsatisfied);
    }

    @Test
    public void theLogHoldsNoError() throws IOException {
        Path log = Path.of(System.getProperty("karaf.log"), "karaf.log");
        assertTrue(log + " exists", Files.exists(log));
        List<String> errors = Files.readAllLines(log).stream()
                .filter(line -> line.contains("| ERROR |"))
                .collect(toList());
        assertEquals(List.of(), errors);
    }
}
