/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.osgi.resource.Wiring;
import org.osgi.service.resolver.HostedCapability;
import org.osgi.service.resolver.ResolveContext;

/** The framework as it is wired now, and one resource that would join it. */
final class PresentWiring extends ResolveContext {

    private final Resource candidate;
    private final FrameworkWiring framework;
    private final Map<Resource, Wiring> wirings = new HashMap<>();

    PresentWiring(BundleContext context, Resource candidate) {
        this.candidate = candidate;
        framework = context.getBundle(0).adapt(FrameworkWiring.class);
        for (Bundle bundle : context.getBundles()) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            if (wiring != null) {
                wirings.put(wiring.getRevision(), wiring);
            }
        }
    }

    static boolean optional(Requirement requirement) {
        return Constants.RESOLUTION_OPTIONAL.equals(requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE));
    }

    @Override
    public Collection<Resource> getMandatoryResources() {
        return List.of(candidate);
    }

    /** What is wired already; the candidate itself where it provides what it asks for. */
    @Override
    public List<Capability> findProviders(Requirement requirement) {
        List<Capability> providers = new ArrayList<>();
        for (BundleCapability capability : framework.findProviders(requirement)) {
            Wiring wiring = wirings.get(capability.getRevision());
            if (wiring != null
                    && wiring.getResourceCapabilities(capability.getNamespace()).contains(capability)) {
                providers.add(capability);
            }
        }
        return providers;
    }

    @Override
    public int insertHostedCapability(List<Capability> capabilities, HostedCapability hosted) {
        capabilities.add(hosted);
        return capabilities.size() - 1;
    }

    @Override
    public boolean isEffective(Requirement requirement) {
        return requirement
                .getDirectives()
                .getOrDefault(Constants.EFFECTIVE_DIRECTIVE, Constants.EFFECTIVE_RESOLVE)
                .equals(Constants.EFFECTIVE_RESOLVE);
    }

    @Override
    public Map<Resource, Wiring> getWirings() {
        return wirings;
    }
}
