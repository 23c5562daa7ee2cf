/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.felix.utils.resource.ResourceBuilder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Requirement;

/** Whether every requirement has a provider in the running framework, and each of our packages exactly one. */
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
        List<String> faults = new ArrayList<>();
        try {
            Map<String, String> headers = new TreeMap<>(candidate.jar().headers());
            for (Requirement requirement :
                    ResourceBuilder.build(candidate.file().toString(), headers).getRequirements(null)) {
                resolve(requirement, faults);
            }
        } catch (BundleException | RuntimeException e) {
            return Answer.of(List.of("its manifest cannot be read: " + e.getMessage()), "");
        }
        return Answer.of(faults, "it resolves, and no other bundle would be refreshed: it exports nothing");
    }

    private void resolve(Requirement requirement, List<String> faults) {
        boolean optional =
                Constants.RESOLUTION_OPTIONAL.equals(requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE));
        String effective =
                requirement.getDirectives().getOrDefault(Constants.EFFECTIVE_DIRECTIVE, Constants.EFFECTIVE_RESOLVE);
        if (optional || !effective.equals(Constants.EFFECTIVE_RESOLVE)) {
            return;
        }
        String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        Collection<BundleCapability> providers =
                context.getBundle(0).adapt(FrameworkWiring.class).findProviders(requirement);
        if (providers.isEmpty()) {
            faults.add("nothing here provides " + requirement.getNamespace() + " " + filter);
        }
        boolean ours =
                requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE) && filter.contains("=ai.king.");
        long exporters = providers.stream()
                .map(provider -> provider.getRevision().getBundle())
                .distinct()
                .count();
        if (ours && exporters > 1) {
            faults.add(filter + " is exported by "
                    + providers.stream()
                            .map(provider -> provider.getRevision().getSymbolicName())
                            .collect(Collectors.joining(", ")));
        }
    }
}
