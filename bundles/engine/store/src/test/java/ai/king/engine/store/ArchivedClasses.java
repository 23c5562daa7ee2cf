/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path of processes that are started again and again, and an archive of what they load from it: a life begins in a
 * third of the time, which is what makes a proof of many lives short.
 */
public final class ArchivedClasses {

    private final Path folder;
    private final String path;

    /** @param folder where the class path of this process and the archive are kept */
    public ArchivedClasses(Path folder) throws IOException {
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

    /** Options of the virtual machine whose orderly end leaves the archive. */
    public List<String> archiving() {
        return List.of("-cp", path, "-Xlog:disable", "-XX:ArchiveClassesAtExit=" + archive());
    }

    /** Options of a virtual machine that takes its classes from the archive. */
    public List<String> options() {
        return List.of("-cp", path, "-Xlog:disable", "-XX:SharedArchiveFile=" + archive());
    }

    private Path archive() {
        return folder.resolve("classes.jsa");
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
