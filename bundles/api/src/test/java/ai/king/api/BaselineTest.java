/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.api;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Jar;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

/**
 * Each package of the API against its last release, as bnd tells changes apart: what breaks a plug needs another major
 * version, what breaks only an engine another minor one. {@code -Dking.write=true} writes the baseline anew: at a release.
 */
class BaselineTest {

    private static final Path BASELINE = Path.of("src/test/resources/baseline.txt");
    private static final String HINT = "raise the version in its package-info.java";

    private final Tree now = now();

    private static Tree now() {
        try (Jar built = new Jar(Path.of("target/classes").toFile())) {
            return new DiffPluginImpl().tree(built).get("<api>");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyChangeSinceTheLastReleaseHasItsVersion() throws Exception {
        if (Boolean.getBoolean("king.write")) {
            Files.write(BASELINE, TreeText.lines(now));
        }
        Tree released = TreeText.tree(Files.readAllLines(BASELINE));
        assertThat(packages(released)).isNotEmpty();
        assertThat(faults(released, now)).as(HINT).isEmpty();
    }

    @Test
    void theTextSaysAllThatBndTells() throws Exception {
        Tree again = TreeText.tree(TreeText.lines(now));
        assertThat(again.diff(now).getDelta()).isEqualTo(Delta.UNCHANGED);
        assertThat(packages(again)).isEqualTo(packages(now));
    }

    /** What the check is there for, on a baseline that had more, or less, than the API has now. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "METHOD gone() MAJOR MAJOR|ai.king.agent|MAJOR",
                "METHOD gone() MINOR MAJOR|ai.king.tool|MAJOR",
            })
    void whatIsGoneNeedsAnotherMajorVersion(String change) throws Exception {
        String[] parts = change.split("\\|");
        List<String> before = new ArrayList<>(TreeText.lines(now));
        int type = indexOfFirstType(before, parts[1]);
        before.add(type + 1, depth(before.get(type)) + " " + parts[0]);
        assertThat(faults(TreeText.tree(before), now)).containsOnlyKeys(parts[1]);
        assertThat(faults(TreeText.tree(before), now).get(parts[1])).contains(parts[2]);
    }

    @Test
    void whatIsNewNeedsAnotherVersion() throws Exception {
        List<String> before = new ArrayList<>(TreeText.lines(now));
        int method = indexOfFirstType(before, "ai.king.brain") + 1;
        while (!before.get(method).contains(" METHOD ")) {
            method++;
        }
        int inner = depth(before.get(method));
        before.remove(method);
        while (depth(before.get(method)) > inner) {
            before.remove(method);
        }
        assertThat(faults(TreeText.tree(before), now)).containsOnlyKeys("ai.king.brain");
    }

    private static int indexOfFirstType(List<String> lines, String of) {
        int place = 0;
        while (!lines.get(place).contains(" PACKAGE " + of + " ")) {
            place++;
        }
        while (!lines.get(place).matches("\\d+ (INTERFACE|CLASS) .*")) {
            place++;
        }
        return place;
    }

    private static int depth(String line) {
        return Integer.parseInt(line.substring(0, line.indexOf(' ')));
    }

    /** By package what its version does not say. */
    private static Map<String, String> faults(Tree released, Tree now) throws Exception {
        Map<String, Version> before = packages(released);
        Map<String, Version> after = packages(now);
        Map<String, String> faults = new TreeMap<>();
        Diff all = now.diff(released);
        for (Diff each : all.getChildren()) {
            String name = each.getName();
            if (each.getType() != Type.PACKAGE) {
                continue;
            }
            if (!after.containsKey(name)) {
                faults.put(name, "MAJOR: the package is gone");
            } else if (before.containsKey(name)) {
                Delta delta = each.getDelta(part -> part.getType() == Type.VERSION);
                if (!enough(delta, before.get(name), after.get(name))) {
                    faults.put(name, delta + " since " + before.get(name) + ", and the version is " + after.get(name));
                }
            }
        }
        return faults;
    }

    private static boolean enough(Delta delta, Version before, Version after) {
        return switch (delta) {
            case MAJOR, REMOVED -> after.getMajor() > before.getMajor();
            case MINOR, ADDED -> after.getMajor() > before.getMajor()
                    || (after.getMajor() == before.getMajor() && after.getMinor() > before.getMinor());
            default -> after.compareTo(before) >= 0;
        };
    }

    private static Map<String, Version> packages(Tree api) {
        Map<String, Version> versions = new TreeMap<>();
        for (Tree each : api.getChildren()) {
            Arrays.stream(each.getChildren())
                    .filter(child -> child.getType() == Type.VERSION)
                    .forEach(version -> versions.put(each.getName(), Version.parseVersion(version.getName())));
        }
        return versions;
    }
}
