/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.felix.resolver.Logger;
import org.apache.felix.resolver.ResolverImpl;
import org.apache.felix.utils.resource.ResourceBuilder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.osgi.resource.Wire;
import org.osgi.service.resolver.ResolutionException;

/**
 * Whether the framework could wire it as it stands: every requirement has a provider, {@code uses} constraints hold, each of
 * our packages has exactly one exporter, and nobody else would get other wires. Simulated with the framework's own resolver
 * over its present wiring: nothing is installed.
 */
public final class ResolutionCheck implements Check {

    private final BundleContext context;

    public ResolutionCheck(BundleContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "resolution";
    }

    @Override
    public Answer ask(Candidate candidate) {
        Resource resource;
        try {
            Map<String, String> headers = new TreeMap<>(candidate.jar().headers());
            resource = ResourceBuilder.build(candidate.file().toString(), headers);
        } catch (BundleException | RuntimeException e) {
            return Answer.of(List.of("its manifest cannot be read: " + e.getMessage()), "");
        }
        PresentWiring present = new PresentWiring(context, resource);
        List<String> faults = new ArrayList<>();
        for (Requirement requirement : resource.getRequirements(null)) {
            if (present.isEffective(requirement) && !PresentWiring.optional(requirement)) {
                providers(requirement, present.findProviders(requirement), faults);
            }
        }
        if (!faults.isEmpty()) {
            return Answer.of(faults, "");
        }
        try {
            Map<Resource, List<Wire>> wires = new ResolverImpl(new Logger(Logger.LOG_ERROR)).resolve(present);
            wires.keySet().stream()
                    .filter(other -> !other.equals(resource))
                    .forEach(other -> faults.add("it would change the wires of " + called(other)));
            return Answer.of(
                    faults,
                    "it resolves with "
                            + wires.getOrDefault(resource, List.of()).size()
                            + " wires, and no other bundle would be refreshed: it exports nothing");
        } catch (ResolutionException e) {
            return Answer.of(List.of(String.valueOf(e.getMessage())), "");
        }
    }

    private static void providers(Requirement requirement, Collection<Capability> providers, List<String> faults) {
        String filter = requirement.getDirectives().getOrDefault("filter", "");
        if (providers.isEmpty()) {
            faults.add("nothing here provides " + requirement.getNamespace() + " " + filter);
        }
        boolean ours =
                requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE) && filter.contains("=ai.king.");
        long exporters =
                providers.stream().map(Capability::getResource).distinct().count();
        if (ours && exporters > 1) {
            faults.add(filter + " is exported by "
                    + providers.stream()
                            .map(provider -> called(provider.getResource()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String called(Resource resource) {
        return resource instanceof BundleRevision revision ? revision.getSymbolicName() : resource.toString();
    }
}
