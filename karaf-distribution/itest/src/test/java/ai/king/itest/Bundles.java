/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The bundles of this repository as they were built: folders, jars and manifests. */
final class Bundles {

    static final Path HOME = Path.of(System.getProperty("king.home")).normalize();
    static final Set<String> PLUGS = Set.of("agent", "tool", "inference", "memory", "monitor", "brain");

    private Bundles() {}

    /** One built bundle. */
    record Built(Path folder, Path jar, Manifest manifest) {

        String header(String name) {
            String value = manifest.getMainAttributes().getValue(name);
            return value == null ? "" : value;
        }

        /** {@code agent}, {@code engine}, {@code door} ...; for api, platform and kit their own name. */
        String family() {
            return HOME.resolve("bundles").relativize(folder).getName(0).toString();
        }

        /** The symbolic name that its folder asks for. */
        String expectedName() {
            return "ai.king."
                    + HOME.resolve("bundles").relativize(folder).toString().replace('/', '.');
        }

        boolean plug() {
            return PLUGS.contains(family());
        }

        Set<String> packages(String header) {
            return clauses(header(header)).keySet();
        }

        List<String> entries() {
            try (JarFile file = new JarFile(jar.toFile())) {
                return file.stream().map(entry -> entry.getName()).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String entry(String name) {
            try (JarFile file = new JarFile(jar.toFile())) {
                return new String(file.getInputStream(file.getEntry(name)).readAllBytes(), "UTF-8");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return HOME.relativize(folder).toString();
        }
    }

    /** All bundles with a symbolic name, in the order of their folders. */
    static List<Built> all() {
        List<Built> found = new ArrayList<>();
        for (Path pom : files(HOME.resolve("bundles"), "pom.xml")) {
            Path target = pom.resolveSibling("target");
            if (!Files.isDirectory(target)) {
                continue;
            }
            try (Stream<Path> jars = Files.list(target)) {
                jars.filter(jar -> jar.toString().endsWith(".jar")
                                && !jar.toString().matches(".*-(tests|sources|javadoc|agent)\\.jar"))
                        .forEach(jar -> read(pom.getParent(), jar, found));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static void read(Path folder, Path jar, List<Built> found) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            if (manifest != null && manifest.getMainAttributes().getValue("Bundle-SymbolicName") != null) {
                found.add(new Built(folder, jar, manifest));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files with this name below a folder, build output left out. */
    static List<Path> files(Path folder, String name) {
        return walk(folder).stream()
                .filter(file -> file.getFileName().toString().equals(name))
                .toList();
    }

    /** Every file below a folder, build output left out. */
    static List<Path> walk(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/")
                            && !file.toString().contains("/node_modules/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final Pattern CLAUSE = Pattern.compile("([^,;\"]+)((?:;[^,\"]*(?:\"[^\"]*\"[^,\"]*)*)?)(?:,|$)");

    /** The clauses of a manifest header: name to parameters. */
    static Map<String, String> clauses(String header) {
        Map<String, String> clauses = new TreeMap<>();
        Matcher matcher = CLAUSE.matcher(header);
        while (matcher.find()) {
            clauses.put(matcher.group(1).trim(), matcher.group(2));
        }
        return clauses;
    }

    static Set<String> ours(Set<String> packages) {
        Set<String> ours = new TreeSet<>(packages);
        ours.removeIf(name -> !name.startsWith("ai.king"));
        return ours;
    }
}
