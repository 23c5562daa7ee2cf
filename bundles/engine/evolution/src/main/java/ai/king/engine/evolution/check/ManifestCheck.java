/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import ai.king.engine.evolution.jar.Component;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.felix.utils.manifest.Clause;
import org.apache.felix.utils.manifest.Parser;
import org.osgi.framework.BundleContext;

/** Whether the bundle asks for nothing but what a plug of its family may have. */
public final class ManifestCheck implements Check {

    private static final Set<String> HEADERS = Set.of(
            "manifest-version",
            "bundle-manifestversion",
            "bundle-name",
            "bundle-symbolicname",
            "bundle-version",
            "bundle-vendor",
            "bundle-license",
            "bundle-description",
            "bundle-copyright",
            "bundle-docurl",
            "bundle-developers",
            "bundle-scm",
            "bundle-category",
            "bundle-contactaddress",
            "bundle-classpath",
            "import-package",
            "private-package",
            "provide-capability",
            "require-capability",
            "service-component",
            "created-by",
            "build-jdk",
            "build-jdk-spec",
            "java-version",
            "bnd-lastmodified",
            "tool",
            "include-resource");

    private static final Set<String> AGENT =
            Set.of("ai.king.agent", "ai.king.tool", "ai.king.inference", "ai.king.memory", "ai.king.monitor");

    /** What a plug of a family may import of ours. */
    private static final Map<String, Set<String>> OURS = Map.of(
            "Agent", AGENT,
            "Tool", Set.of("ai.king.tool"),
            "InferenceBackend", Set.of("ai.king.inference"),
            "MemoryStore", Set.of("ai.king.memory"),
            "MonitoringSink", Set.of("ai.king.monitor"),
            "IntentClassifier", brain(),
            "Planner", brain());

    /** What the platform or Java itself gives to all but agents. */
    private static final Pattern PLATFORM = Pattern.compile(
            "(dev\\.langchain4j|org\\.apache\\.hc|com\\.fasterxml\\.jackson|org\\.postgresql)(\\..*)?|org\\.slf4j|org\\.w3c\\.dom|org\\.xml\\.sax|org\\.ietf\\.jgss");

    private final BundleContext context;

    public ManifestCheck(BundleContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "manifest";
    }

    @Override
    public Answer ask(Candidate candidate) {
        List<String> faults =
                new ArrayList<>((candidate.byAi() ? ZipRules.forAi() : ZipRules.forPeople()).faults(candidate.file()));
        headers(candidate, faults);
        components(candidate, faults);
        imports(candidate, faults);
        capabilities(candidate, faults);
        identity(candidate, faults);
        return Answer.of(faults, "only what a plug may have");
    }

    private static void headers(Candidate candidate, List<String> faults) {
        candidate.jar().headers().forEach((name, value) -> {
            String header = name.toLowerCase(Locale.ROOT);
            boolean known = HEADERS.contains(header) || (header.equals("multi-release") && value.equals("false"));
            if (!known) {
                faults.add("the manifest header " + name + " is not allowed");
            }
            if (header.equals("bundle-classpath") && !value.trim().equals(".")) {
                faults.add("Bundle-ClassPath may only be .");
            }
        });
    }

    private static void components(Candidate candidate, List<String> faults) {
        List<Component> plugs = candidate.jar().plugs();
        if (plugs.isEmpty()) {
            faults.add("no declarative service of it is an agent, tool, backend, brain, sink or memory");
        }
        for (Component component : candidate.jar().components()) {
            if (component.family().isEmpty()) {
                faults.add(component.name() + " is no plug");
            }
            if (!component.required()) {
                faults.add(component.name() + " needs configuration-policy require");
            }
            if (component.immediate()) {
                faults.add(component.name() + " is immediate: a plug comes to life when it is first asked for");
            }
            if (!component.references().isEmpty()) {
                faults.add(component.name() + " asks for services: a plug gets what it needs as an argument");
            }
            if (component.plugName(Map.of()).isEmpty()) {
                faults.add(component.name() + " has no name: annotate it with its family's name annotation");
            }
            if (!component.pid().startsWith(candidate.jar().symbolicName())) {
                faults.add(component.name() + " takes the configuration " + component.pid() + ", not its own");
            }
        }
    }

    private static void imports(Candidate candidate, List<String> faults) {
        for (Clause clause : clauses(candidate, "Import-Package")) {
            String name = clause.getName();
            boolean allowed = candidate.jar().plugs().stream()
                    .map(plug -> plug.type().orElse(""))
                    .anyMatch(type -> importable(name, type));
            if (!allowed) {
                faults.add("it imports " + name + ", which a plug of its family may not use");
            }
        }
    }

    static boolean importable(String name, String type) {
        if (name.startsWith("ai.king.")) {
            return OURS.getOrDefault(type, Set.of()).contains(name);
        }
        if (name.startsWith("java.")) {
            return true;
        }
        return !type.equals("Agent")
                && (name.startsWith("javax.") || PLATFORM.matcher(name).matches());
    }

    private static void capabilities(Candidate candidate, List<String> faults) {
        for (Clause clause : clauses(candidate, "Provide-Capability")) {
            if (!clause.getName().equals("osgi.service")) {
                faults.add("it provides " + clause.getName() + ": a plug provides services only");
            }
        }
        Set<String> required = Set.of("osgi.extender", "osgi.ee", "osgi.implementation", "osgi.service");
        for (Clause clause : clauses(candidate, "Require-Capability")) {
            if (!required.contains(clause.getName())) {
                faults.add("it requires " + clause.getName() + ", which a plug may not");
            }
        }
    }

    private void identity(Candidate candidate, List<String> faults) {
        String name = candidate.jar().symbolicName();
        String header = candidate.jar().headers().getOrDefault("Bundle-SymbolicName", "");
        if (header.contains("singleton")) {
            faults.add("a singleton bundle cannot run beside its own next version");
        }
        boolean taken = Arrays.stream(context.getBundles())
                .anyMatch(bundle -> name.equals(bundle.getSymbolicName())
                        && !bundle.getLocation().startsWith("king:"));
        if (taken) {
            faults.add(name + " is a bundle of the platform: proposals do not reach it");
        }
        for (Component plug : candidate.jar().plugs()) {
            String plugName = plug.plugName(Map.of()).orElse("");
            boolean elsewhere = candidate.release().stream()
                    .anyMatch(item -> item.name().equals(plugName)
                            && item.type().equals(plug.type().orElse(""))
                            && !item.plug().equals(plug.pid()));
            if (elsewhere) {
                faults.add("the name " + plugName + " belongs to another plug");
            }
        }
    }

    private static List<Clause> clauses(Candidate candidate, String header) {
        Clause[] clauses = Parser.parseHeader(candidate.jar().headers().get(header));
        return clauses == null ? List.of() : List.of(clauses);
    }

    private static Set<String> brain() {
        return Set.of(
                "ai.king.agent",
                "ai.king.tool",
                "ai.king.inference",
                "ai.king.memory",
                "ai.king.monitor",
                "ai.king.brain");
    }
}
