/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.itest.Bundles.Built;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.Test;

/** The rules of the house, read off the built manifests and the folders. */
public class HouseRulesTest {

    private static final Set<String> API = Set.of(
            "ai.king.agent", "ai.king.tool", "ai.king.inference", "ai.king.memory", "ai.king.monitor", "ai.king.brain");
    private static final Map<String, Set<String>> MAY_IMPORT = Map.of(
            "agent", without("ai.king.brain"),
            "brain", API,
            "tool", Set.of("ai.king.tool"),
            "inference", Set.of("ai.king.inference"),
            "memory", Set.of("ai.king.memory"),
            "monitor", Set.of("ai.king.monitor"));
    /** Who tracks plugs, who installs them, and who registers a DataSource once the database answers. */
    private static final Set<String> FRAMEWORK = Set.of("engine/plug", "engine/evolution", "engine/store");

    private static final List<String> HEADINGS =
            List.of("What it does", "Configuration", "What it emits", "Limits", "Try it");

    private final List<Built> bundles = Bundles.all();
    private final List<Built> plugs = bundles.stream().filter(Built::plug).toList();

    private static Set<String> without(String name) {
        Set<String> rest = new HashSet<>(API);
        rest.remove(name);
        return rest;
    }

    @Test
    public void everyBundleIsNamedAfterItsFolder() {
        assertThat(bundles).isNotEmpty();
        SoftAssertions all = new SoftAssertions();
        for (Built bundle : bundles) {
            all.assertThat(bundle.header("Bundle-SymbolicName").split(";")[0])
                    .as("%s", bundle)
                    .isEqualTo(bundle.expectedName());
            all.assertThat(Bundles.text(bundle.folder().resolve("pom.xml")))
                    .as("%s", bundle)
                    .contains("<artifactId>" + bundle.expectedName() + "</artifactId>");
        }
        all.assertAll();
    }

    @Test
    public void onlyApiPlatformKitAndLibrariesExport() {
        SoftAssertions all = new SoftAssertions();
        for (Built bundle : bundles) {
            if (!Set.of("api", "platform", "kit", "lib").contains(bundle.family())) {
                all.assertThat(bundle.header("Export-Package")).as("%s", bundle).isEmpty();
            }
        }
        all.assertAll();
    }

    @Test
    public void exactlyOneBundleExportsAPackageOfOurs() {
        Map<String, Built> exporters = new HashMap<>();
        for (Built bundle : bundles) {
            for (String exported : Bundles.ours(bundle.packages("Export-Package"))) {
                assertThat(exporters.put(exported, bundle))
                        .as("%s in %s", exported, bundle)
                        .isNull();
            }
        }
        assertThat(exporters.keySet()).containsAll(API);
    }

    @Test
    public void plugsImportOnlyTheApiOfTheirFamily() {
        SoftAssertions all = new SoftAssertions();
        for (Built plug : plugs) {
            all.assertThat(MAY_IMPORT.get(plug.family()))
                    .as("%s", plug)
                    .containsAll(Bundles.ours(plug.packages("Import-Package")));
        }
        all.assertAll();
    }

    @Test
    public void noBundleHasAnOptionalImportOrTakesPackagesAsTheyCome() {
        SoftAssertions all = new SoftAssertions();
        for (Built bundle : bundles) {
            if (!bundle.family().equals("lib")) {
                all.assertThat(bundle.header("Import-Package")).as("%s", bundle).doesNotContain("resolution:=optional");
            }
            all.assertThat(bundle.header("DynamicImport-Package"))
                    .as("%s", bundle)
                    .isEmpty();
            all.assertThat(bundle.header("Require-Bundle")).as("%s", bundle).isEmpty();
        }
        all.assertAll();
    }

    @Test
    public void technologiesStayWhereTheyBelong() {
        SoftAssertions all = new SoftAssertions();
        for (Built bundle : bundles) {
            String family = bundle.family();
            String place =
                    Bundles.HOME.resolve("bundles").relativize(bundle.folder()).toString();
            Set<String> imports = bundle.packages("Import-Package");
            if (!place.equals("engine/store")) {
                all.assertThat(imports).as("%s", bundle).noneMatch(name -> name.startsWith("javax.persistence"));
            }
            if (!family.equals("door")) {
                all.assertThat(imports).as("%s", bundle).noneMatch(name -> name.startsWith("javax.ws.rs"));
            }
            if (!Set.of("inference", "memory", "lib").contains(family)) {
                all.assertThat(imports).as("%s", bundle).noneMatch(name -> name.startsWith("dev.langchain4j"));
            }
            if (!Set.of("door", "lib", "jail", "kit").contains(family) && !FRAMEWORK.contains(place)) {
                all.assertThat(imports).as("%s", bundle).doesNotContain("org.osgi.framework");
            }
        }
        all.assertAll();
    }

    @Test
    public void everyPlugIsOneFactoryThatNeedsAConfiguration() {
        SoftAssertions all = new SoftAssertions();
        for (Built plug : plugs) {
            List<String> components = plug.entries().stream()
                    .filter(name -> name.matches("OSGI-INF/[^/]+\\.xml"))
                    .toList();
            all.assertThat(components).as("components of %s", plug).hasSize(1);
            for (String component : components) {
                String xml = plug.entry(component);
                all.assertThat(xml).as("%s", plug).contains("configuration-policy=\"require\"");
                all.assertThat(xml).as("%s", plug).contains("configuration-pid=\"" + plug.expectedName() + "\"");
            }
            all.assertThat(plug.entries().stream()
                            .filter(name -> name.startsWith("OSGI-INF/metatype/"))
                            .map(plug::entry))
                    .as("metatype of %s", plug)
                    .anyMatch(xml -> xml.contains("factoryPid=\"" + plug.expectedName() + "\""));
        }
        all.assertAll();
    }

    /** Read from the jar and shown before a vote; an agent and a brain reach only what the platform gives them. */
    @Test
    public void everyPlugThatMayReachOutSaysWhat() {
        SoftAssertions all = new SoftAssertions();
        for (Built plug : plugs) {
            if (Set.of("tool", "inference", "memory", "monitor").contains(plug.family())) {
                all.assertThat(plug.entries().stream()
                                .filter(name -> name.matches("OSGI-INF/[^/]+\\.xml"))
                                .map(plug::entry))
                        .as("king.reaches of %s", plug)
                        .allMatch(xml -> xml.contains("name=\"king.reaches\""));
            }
        }
        all.assertAll();
    }

    @Test
    public void everyOptionOfAPlugStandsInItsConfigurationFile() {
        SoftAssertions all = new SoftAssertions();
        for (Built plug : plugs) {
            Path file = plug.folder().resolve("src/main/cfg/" + plug.expectedName() + ".cfg");
            all.assertThat(file).exists();
            if (Files.exists(file)) {
                all.assertThat(shown(Bundles.text(file))).as("%s", plug).isEqualTo(options(plug));
            }
        }
        all.assertAll();
    }

    private static final Pattern OPTION = Pattern.compile("<AD id=\"([^\"]+)\"");
    private static final Pattern LINE = Pattern.compile("(?m)^#? ?(\\.?[a-z][A-Za-z0-9_.]*) *=");

    private static Set<String> options(Built plug) {
        Set<String> names = new TreeSet<>();
        plug.entries().stream()
                .filter(name -> name.startsWith("OSGI-INF/metatype/"))
                .forEach(name -> {
                    Matcher matcher = OPTION.matcher(plug.entry(name));
                    while (matcher.find()) {
                        names.add(matcher.group(1));
                    }
                });
        return names;
    }

    private static Set<String> shown(String cfg) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = LINE.matcher(cfg);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** What the first release is made of: a backend without its file beside it would be no plug; its tests are what its next version is held against. */
    @Test
    public void theDistributionShipsEveryPlugWithItsConfigurationAndItsTests() {
        Path shipped = Bundles.HOME.resolve("karaf-distribution/assembly/target/assembly/plugs");
        SoftAssertions all = new SoftAssertions();
        for (Built plug : plugs) {
            all.assertThat(shipped.resolve(plug.expectedName() + ".jar")).exists();
            all.assertThat(shipped.resolve(plug.expectedName() + ".cfg")).exists();
            all.assertThat(shipped.resolve(plug.expectedName() + "-tests.jar")).exists();
        }
        all.assertAll();
    }

    @Test
    public void everyPlugExplainsItselfUnderTheSameHeadings() {
        SoftAssertions all = new SoftAssertions();
        for (Built plug : plugs) {
            Path readme = plug.folder().resolve("README.md");
            all.assertThat(readme).exists();
            if (Files.exists(readme)) {
                List<String> headings = Bundles.text(readme)
                        .lines()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3).strip())
                        .toList();
                all.assertThat(headings).as("%s", plug).containsSubsequence(HEADINGS);
            }
        }
        all.assertAll();
    }

    @Test
    public void everyPlugPassesTheContractOfItsFamily() {
        SoftAssertions all = new SoftAssertions();
        for (Built plug : plugs) {
            all.assertThat(Bundles.walk(plug.folder()).stream()
                            .filter(file -> file.toString().endsWith("Test.java"))
                            .map(Bundles::text))
                    .as("contract test of %s", plug)
                    .anyMatch(text -> text.matches("(?s).*class \\w+ extends \\w+Contract\\b.*"));
        }
        all.assertAll();
    }

    @Test
    public void everyPlugHasAFeatureOfItsOwn() {
        String features = Bundles.text(Bundles.HOME.resolve("features/src/main/feature/feature.xml"));
        SoftAssertions all = new SoftAssertions();
        for (Built plug : plugs) {
            String place = plug.expectedName().substring("ai.king.".length()).replace('.', '-');
            all.assertThat(features).contains("<feature name=\"king-plug-" + place + "\"");
        }
        all.assertAll();
    }

    /** Our own sources; a class of a library that had to be replaced stands in the library's package. */
    private static List<Path> sources() {
        return Bundles.walk(Bundles.HOME.resolve("bundles")).stream()
                .filter(file -> file.toString().matches(".*/src/(main|test)/java/ai/king/.*\\.java"))
                .toList();
    }

    @Test
    public void namesSayWhatATypeIs() {
        List<Path> nameless = sources().stream()
                .filter(
                        file -> file.getFileName()
                                .toString()
                                .matches(
                                        ".*(Impl|Manager|Helper|Utils?|Constants|DTO|Commons?)\\.java|(Abstract|Base)[A-Z].*\\.java"))
                .toList();
        assertThat(nameless).isEmpty();
    }

    @Test
    public void everyPackageSaysThatNothingIsNull() {
        SoftAssertions all = new SoftAssertions();
        Set<Path> folders = new HashSet<>();
        for (Path file : sources()) {
            if (file.toString().contains("/src/main/java/") && file.toString().endsWith(".java")) {
                folders.add(file.getParent());
            }
        }
        for (Path folder : folders) {
            Path info = folder.resolve("package-info.java");
            all.assertThat(info).exists();
            if (Files.exists(info)) {
                all.assertThat(Bundles.text(info)).as("%s", info).contains("@NullMarked");
            }
        }
        all.assertAll();
    }

    @Test
    public void testsDoNotSleepAndCodeDoesNotPrint() {
        SoftAssertions all = new SoftAssertions();
        for (Path file : sources()) {
            String name = file.toString();
            if (name.contains("/src/test/java/") && name.endsWith("Test.java")) {
                all.assertThat(Bundles.text(file)).as("%s", file).doesNotContain("Thread.sleep(");
            }
            if (name.contains("/src/main/java/") && name.endsWith(".java") && !name.contains("/bundles/jail/")) {
                all.assertThat(Bundles.text(file))
                        .as("%s", file)
                        .doesNotContain("System.out.", "System.err.", "printStackTrace(");
            }
        }
        all.assertAll();
    }
}
