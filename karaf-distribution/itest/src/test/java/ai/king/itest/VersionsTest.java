/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.Test;

/** Every version stands in cnf/: poms, instructions of bnd and features name its properties. */
public class VersionsTest {

    private static final Path POLICY = Bundles.HOME.resolve("cnf/pom.xml");
    private static final Pattern VERSION = Pattern.compile("<version>\\s*([^<]*?)\\s*</version>");
    private static final Pattern OWN = Pattern.compile("(?s)<parent>.*?</parent>");
    private static final Pattern JAR = Pattern.compile("-[0-9]+\\.[0-9][^=,\\s]*\\.jar");
    private static final Pattern BUNDLE = Pattern.compile("mvn:([^<\\s]+)");

    @Test
    public void noPomNamesAVersion() {
        SoftAssertions all = new SoftAssertions();
        for (String place : List.of("bundles", "bench", "features", "karaf-distribution")) {
            for (Path pom : Bundles.files(Bundles.HOME.resolve(place), "pom.xml")) {
                all.assertThat(VERSION.matcher(OWN.matcher(Bundles.text(pom)).replaceAll(""))
                                .results()
                                .map(found -> found.group(1))
                                .filter(version -> !version.startsWith("${")))
                        .as("versions in %s, its parent's left out", pom)
                        .isEmpty();
            }
        }
        all.assertAll();
    }

    @Test
    public void noInstructionOfBndNamesAJarWithAVersion() {
        SoftAssertions all = new SoftAssertions();
        for (Path file : Bundles.files(Bundles.HOME.resolve("bundles"), "bnd.bnd")) {
            all.assertThat(JAR.matcher(Bundles.text(file)).results().map(found -> found.group()))
                    .as("jars in %s", file)
                    .isEmpty();
        }
        all.assertAll();
    }

    @Test
    public void theFeaturesNameOnlyProperties() {
        List<String> bundles = BUNDLE.matcher(
                        Bundles.text(Bundles.HOME.resolve("features/src/main/feature/feature.xml")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(bundles).hasSizeGreaterThan(50).allSatisfy(bundle -> assertThat(bundle.split("/")[2])
                .as("version of %s", bundle)
                .matches("\\$\\{[a-z0-9.]+}"));
    }

    /** A property that nobody names any more, or one that nobody defines, is found here and not by a reader. */
    @Test
    public void aVersionIsSaidOnceInCnf() {
        String policy = Bundles.text(POLICY);
        String managed = policy.substring(policy.indexOf("</properties>"));
        assertThat(VERSION.matcher(managed)
                        .results()
                        .map(found -> found.group(1))
                        .filter(version -> version.startsWith("${"))
                        .map(version -> version.substring(2, version.length() - 1))
                        .filter(name -> !name.equals("project.version")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(policy).containsOnlyOnce("<" + name + ">"));
    }
}
