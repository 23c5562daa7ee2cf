/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import ai.king.engine.evolution.jar.Component;
import ai.king.engine.evolution.jar.Reaches;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;

/**
 * What a plug says it reaches outside the platform, beside what its code could reach with. It is told to people, not trusted: a
 * plug that says nothing comes before them with that, one whose code contradicts it does not.
 */
public final class ReachesCheck implements Check {

    private static final Pattern NETWORK = Pattern.compile(
            "java/net/(Socket|ServerSocket|DatagramSocket|MulticastSocket|URLConnection|HttpURLConnection)"
                    + "|java/net/http/HttpClient|javax/net/.*SocketFactory|java/nio/channels/.*(Socket|Datagram)Channel");
    private static final Pattern FILES = Pattern.compile(
            "java/nio/file/Files|java/io/(File(Input|Output)Stream|FileReader|FileWriter|RandomAccessFile)"
                    + "|java/nio/channels/FileChannel");
    private static final int CLASS = 7;

    @Override
    public String name() {
        return "reaches";
    }

    @Override
    public Answer ask(Candidate candidate) {
        try {
            SortedSet<String> means = new TreeSet<>();
            List<String> faults = new ArrayList<>();
            List<String> told = new ArrayList<>();
            for (Component plug : candidate.jar().plugs()) {
                Reaches reaches = Reaches.of(plug);
                if (!agent(plug) && (!reaches.told() || reaches.nothing()) && means.isEmpty()) {
                    means.addAll(means(candidate));
                }
                told.add(ask(plug, reaches, means, faults));
            }
            return Answer.of(faults, String.join("; ", told));
        } catch (IOException | RuntimeException e) {
            return Answer.of(List.of("its classes cannot be read: " + e.getMessage()), "");
        }
    }

    private static String ask(Component plug, Reaches reaches, SortedSet<String> means, List<String> faults) {
        reaches.unreadable()
                .forEach(one ->
                        faults.add(plug.name() + " reaches \"" + one + "\", which is no scheme://host, no file:path and"
                                + " not none: mend its property " + Reaches.PROPERTY));
        if (reaches.nothing() && !means.isEmpty() && !agent(plug)) {
            faults.add(plug.name() + " says that it reaches nothing, and its code uses " + String.join(", ", means)
                    + ": name the hosts and files in its property " + Reaches.PROPERTY);
        }
        if (reaches.told()) {
            return plug.name() + " says that it reaches "
                    + (reaches.nothing() ? "nothing" : String.join(", ", reaches.declared()));
        }
        if (agent(plug)) {
            return plug.name() + " is an agent: it reaches only what the platform gives it";
        }
        return plug.name() + " does not say what it reaches; "
                + (means.isEmpty()
                        ? "its own code opens no connection and no file"
                        : "its code could reach any host or file with " + String.join(", ", means));
    }

    private static boolean agent(Component plug) {
        return plug.type().filter("Agent"::equals).isPresent();
    }

    /** The classes of Java for connections and files that its code names. */
    private static SortedSet<String> means(Candidate candidate) throws IOException {
        SortedSet<String> found = new TreeSet<>();
        try (ZipFile zip = new ZipFile(candidate.file().toFile())) {
            for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
                if (entry.getName().endsWith(".class")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        means(new ClassReader(in.readAllBytes()), found);
                    }
                }
            }
        }
        return found;
    }

    private static void means(ClassReader reader, SortedSet<String> found) {
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            if (offset > 0 && reader.readByte(offset - 1) == CLASS) {
                String name = reader.readUTF8(offset, buffer);
                if (name != null
                        && (NETWORK.matcher(name).matches()
                                || FILES.matcher(name).matches())) {
                    found.add(name.replace('/', '.'));
                }
            }
        }
    }
}
