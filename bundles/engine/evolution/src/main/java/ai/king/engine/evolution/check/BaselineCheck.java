/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import java.util.ArrayList;
import java.util.List;
import org.apache.felix.utils.manifest.Clause;
import org.apache.felix.utils.manifest.Parser;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;

/** Whether the version is a new one, higher than any that ran, and the API it was built for is the one that runs. */
public final class BaselineCheck implements Check {

    private final BundleContext context;

    public BaselineCheck(BundleContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "baseline";
    }

    @Override
    public Answer ask(Candidate candidate) {
        List<String> faults = new ArrayList<>();
        Version version = candidate.jar().version();
        candidate.used().stream()
                .map(Version::parseVersion)
                .filter(used -> used.compareTo(version) >= 0)
                .max(Version::compareTo)
                .ifPresent(used -> faults.add("version " + version + " is not higher than " + used
                        + ", which was used before: build it with a new qualifier"));
        Clause[] imports = Parser.parseHeader(candidate.jar().headers().get("Import-Package"));
        for (Clause clause : imports == null ? new Clause[0] : imports) {
            if (clause.getName().startsWith("ai.king.")) {
                api(clause, faults);
            }
        }
        return Answer.of(faults, "version " + version + " is new, and the API it was built for runs here");
    }

    private void api(Clause clause, List<String> faults) {
        String range = clause.getAttribute("version");
        if (range == null) {
            faults.add("it imports " + clause.getName() + " without a version range");
            return;
        }
        VersionRange wanted = new VersionRange(range);
        List<Version> running = exported(clause.getName());
        if (running.stream().noneMatch(wanted::includes)) {
            faults.add("it was built for " + clause.getName() + " " + range + ", here runs " + running);
        }
    }

    private List<Version> exported(String name) {
        List<Version> versions = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            if (wiring == null) {
                continue;
            }
            for (BundleCapability capability : wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
                if (name.equals(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))) {
                    versions.add((Version) capability.getAttributes().get("version"));
                }
            }
        }
        return versions;
    }
}
