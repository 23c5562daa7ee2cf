/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.suite;

import ai.king.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;

/**
 * The tests of a jar, read from their classes without running any.
 *
 * @param tests by name: class and method, or class and the contract that it inherits its tests from
 * @param classes digests of all its classes, by path
 */
public record Suite(SortedMap<String, Test> tests, Map<String, String> classes) {

    private static final int LARGEST_CLASS = 1 << 20;

    /**
     * One test.
     *
     * @param off whether it is switched off, always or under a condition
     * @param looks calls of assertions that it can come to within its class
     */
    public record Test(boolean off, int looks) {}

    public static Suite read(Path jar) throws IOException {
        SortedMap<String, Test> tests = new TreeMap<>();
        Map<String, String> classes = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
                if (entry.getName().endsWith(".class") && !entry.getName().endsWith("-info.class")) {
                    byte[] bytes = bytes(zip, entry);
                    classes.put(entry.getName(), Json.sha256(bytes));
                    tests.putAll(TestClass.read(new ClassReader(bytes)));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("a class of the tests cannot be read: " + e.getMessage(), e);
        }
        return new Suite(tests, classes);
    }

    public static Suite none() {
        return new Suite(new TreeMap<>(), Map.of());
    }

    /** Whether all classes of the other one are in this one, as they were. */
    public boolean holds(Suite other) {
        return classes.entrySet().containsAll(other.classes().entrySet());
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST_CLASS + 1);
            if (bytes.length > LARGEST_CLASS) {
                throw new IOException(entry.getName() + " is larger than " + LARGEST_CLASS + " bytes");
            }
            return bytes;
        }
    }

    /** What says nothing whatever the plug does, a line each. */
    public List<String> idle() {
        List<String> lines = new ArrayList<>();
        tests.forEach((name, test) -> {
            if (test.off()) {
                lines.add(name + " is switched off");
            }
        });
        return lines;
    }

    /** What this one says less than the former one, a line each. */
    public List<String> weaker(Suite former) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Test> entry : former.tests().entrySet()) {
            Test was = entry.getValue();
            Test is = tests.get(entry.getKey());
            if (was.off()) {
                continue;
            }
            if (is == null) {
                lines.add(entry.getKey() + " is gone");
            } else if (is.off()) {
                lines.add(entry.getKey() + " is switched off");
            } else if (is.looks() < was.looks()) {
                lines.add(entry.getKey() + " looks at less: " + was.looks() + " -> " + is.looks() + " assertions");
            }
        }
        return lines;
    }
}
