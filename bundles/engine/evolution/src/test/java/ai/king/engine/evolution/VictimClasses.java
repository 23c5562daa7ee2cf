/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.store.OpenDatabase;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path of the killed processes, and an archive of what they load from it: a life begins in a third of the time,
 * which is what makes a proof of many lives short.
 */
final class VictimClasses {

    private final Path folder;
    private final String path;

    VictimClasses(Path folder) throws IOException {
        this.folder = folder;
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path there = Path.of(entry);
            if (Files.isDirectory(there)) {
                entries.add(jar(there, folder.resolve("classes" + entries.size() + ".jar")));
            } else if (entry.contains("ai.king.")) {
                // A build beside this test may replace our own jars at any moment.
                Path copy = folder.resolve(entries.size() + "-" + there.getFileName());
                entries.add(Files.copy(there, copy).toString());
            } else if (Files.exists(there)) {
                entries.add(entry);
            }
        }
        path = String.join(File.pathSeparator, entries);
    }

    /** One life on a database of its own, to its orderly end, that leaves the archive. */
    VictimClasses archived() throws IOException, InterruptedException {
        Path site = Files.createDirectories(folder.resolve("archive"));
        Path log = folder.resolve("archive.log");
        EvolutionKillProof.plugs(site);
        EvolutionVictim victim = EvolutionVictim.start(
                        List.of("-cp", path, "-Xlog:disable", "-XX:ArchiveClassesAtExit=" + archive()),
                        OpenDatabase.h2(site.resolve("h2")),
                        "king",
                        site,
                        log)
                .orElseThrow(() -> new AssertionError("it did not start, see " + log));
        try {
            victim.post("/propose", "live 1");
            EvolutionKillProof.settled(victim).orElseThrow();
            victim.post("/end", "");
            assertThat(victim.diesWithin(60)).isTrue();
        } finally {
            victim.kill();
        }
        return this;
    }

    private Path archive() {
        return folder.resolve("classes.jsa");
    }

    Optional<EvolutionVictim> start(List<String> more, String url, String user, Path site, Path log)
            throws IOException {
        List<String> options =
                new ArrayList<>(List.of("-cp", path, "-Xlog:disable", "-XX:SharedArchiveFile=" + archive()));
        options.addAll(more);
        return EvolutionVictim.start(options, url, user, site, log);
    }

    private static String jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path one : all.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(one).toString().replace(File.separatorChar, '/')));
                Files.copy(one, out);
            }
        }
        return jar.toString();
    }
}
