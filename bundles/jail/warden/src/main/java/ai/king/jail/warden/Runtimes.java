/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Java runtime that jailed programs run on, and every file it needs.
 *
 * @param java the program
 * @param files real files and folders
 * @param links links at the root of the file system, such as {@code /lib}, and where they lead
 */
record Runtimes(Path java, List<Path> files, Map<String, String> links) {

    /** The runtime of this process. */
    static Runtimes own() throws IOException {
        Path home = Path.of(System.getProperty("java.home")).toRealPath();
        Set<Path> files = new LinkedHashSet<>();
        files.add(home);
        files.addAll(foreign(home));
        Map<String, String> links = new LinkedHashMap<>();
        for (String library : List.of("/usr/lib", "/usr/lib64", "/lib", "/lib64")) {
            Path path = Path.of(library);
            if (Files.isSymbolicLink(path)) {
                links.put(library, Files.readSymbolicLink(path).toString());
            } else if (Files.isDirectory(path)) {
                files.add(path);
            }
        }
        return new Runtimes(home.resolve("bin/java"), new ArrayList<>(files), links);
    }

    /** Distributions keep parts of a JDK elsewhere (configuration below /etc) and link to them. */
    private static Set<Path> foreign(Path home) throws IOException {
        Set<Path> found = new LinkedHashSet<>();
        for (String part : List.of("lib", "conf")) {
            if (Files.isDirectory(home.resolve(part))) {
                try (Stream<Path> all = Files.walk(home.resolve(part))) {
                    for (Path link : all.filter(Files::isSymbolicLink)
                            .filter(Files::exists)
                            .toList()) {
                        Path target = link.toRealPath();
                        if (!target.startsWith(home) && Files.isRegularFile(target) && Files.isReadable(target)) {
                            found.add(target);
                        }
                    }
                }
            }
        }
        return found;
    }
}
