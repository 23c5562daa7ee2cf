/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What another virtual machine says of itself after a full collection, by {@code jcmd} of the JDK that runs this.
 *
 * @param loaders class loaders of bundles
 */
record Jvm(long heapMiB, long metaspaceMiB, long loaders) {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern LOADERS =
            Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+\\S*BundleWiringImpl\\$BundleClassLoader\\b");
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");

    static Jvm of(long pid) throws IOException, InterruptedException {
        // Twice: what the first one frees may hold what the second one finds.
        jcmd(pid, "GC.class_histogram");
        String histogram = jcmd(pid, "GC.class_histogram");
        return new Jvm(
                number(TOTAL, histogram) >> 20,
                number(METASPACE, jcmd(pid, "GC.heap_info")) >> 10,
                number(LOADERS, histogram));
    }

    private static long number(Pattern pattern, String text) throws IOException {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IOException("jcmd does not say " + pattern);
        }
        return Long.parseLong(found.group(1));
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + command + ": " + said);
        }
        return said;
    }

    /** Resident memory of a process and of all that it started; pages that they share count for each. */
    static double gibibytes(long pid) throws IOException {
        long bytes = resident(pid);
        for (ProcessHandle child : ProcessHandle.of(pid)
                .orElseThrow(() -> new IOException("no process " + pid))
                .descendants()
                .toList()) {
            bytes += resident(child.pid());
        }
        return bytes / (double) (1L << 30);
    }

    private static long resident(long pid) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }
}
