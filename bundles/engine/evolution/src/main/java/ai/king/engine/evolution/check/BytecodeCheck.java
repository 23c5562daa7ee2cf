/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import ai.king.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Whether an agent uses nothing but what an agent needs: an allow-list by class and method, refused by default. A filter
 * that tells people early; the wall is the jail.
 */
public final class BytecodeCheck implements Check {

    private static final int JAVA_17 = 61;

    private final Allowed allowed = Allowed.load();
    private final Set<String> reviewed = reviewed();

    @Override
    public String name() {
        return "bytecode";
    }

    @Override
    public Answer ask(Candidate candidate) {
        if (!candidate.agent()) {
            return Answer.pass("only asked of agents");
        }
        try {
            List<ClassReader> classes = new ArrayList<>();
            Map<String, OwnClass> own = new HashMap<>();
            for (byte[] bytes : classes(candidate)) {
                ClassReader reader = new ClassReader(bytes);
                classes.add(reader);
                own.put(reader.getClassName(), OwnClass.of(reader));
            }
            TreeSet<String> faults = new TreeSet<>();
            String root = candidate.jar().symbolicName().replace('.', '/');
            for (ClassReader reader : unreviewed(classes)) {
                ask(reader, own, root, faults);
            }
            return Answer.of(List.copyOf(faults), classes.size() + " classes use only what an agent needs");
        } catch (IOException | RuntimeException e) {
            return Answer.of(List.of("its classes cannot be read: " + e.getMessage()), "");
        }
    }

    private void ask(ClassReader reader, Map<String, OwnClass> own, String root, Collection<String> faults) {
        String name = reader.getClassName();
        if (reader.readShort(6) > JAVA_17) {
            faults.add(name + " is made for a newer Java than 17");
        }
        if (name.startsWith("java/") || name.startsWith("org/osgi/") || !ours(name, root)) {
            faults.add(name + " stands in a package that is not its own");
        }
        Uses uses = new Uses(name, own, allowed, faults, name.startsWith(root));
        reader.accept(uses, ClassReader.SKIP_FRAMES);
    }

    private List<ClassReader> unreviewed(List<ClassReader> classes) {
        return classes.stream()
                .filter(reader ->
                        !reviewed.contains(reader.getClassName().replace('/', '.') + " " + Json.sha256(reader.b)))
                .toList();
    }

    private static Set<String> reviewed() {
        try (InputStream in = Objects.requireNonNull(BytecodeCheck.class.getResourceAsStream("reviewed.txt"))) {
            return Set.copyOf(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the list of reviewed classes cannot be read", e);
        }
    }

    private static boolean ours(String name, String root) {
        return !name.startsWith("ai/king/") || name.startsWith(root);
    }

    private static List<byte[]> classes(Candidate candidate) throws IOException {
        List<byte[]> classes = new ArrayList<>();
        try (ZipFile zip = new ZipFile(candidate.file().toFile())) {
            for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
                if (entry.getName().endsWith(".class")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        classes.add(in.readAllBytes());
                    }
                }
            }
        }
        return classes;
    }

    /** A class of the candidate: what it declares and what it inherits from. */
    record OwnClass(List<String> supers, TreeSet<String> members) {

        static OwnClass of(ClassReader reader) {
            List<String> supers = new ArrayList<>(List.of(reader.getInterfaces()));
            if (reader.getSuperName() != null) {
                supers.add(0, reader.getSuperName());
            }
            TreeSet<String> members = new TreeSet<>();
            reader.accept(
                    new ClassVisitor(Opcodes.ASM9) {
                        @Override
                        public MethodVisitor visitMethod(
                                int access, String name, String descriptor, String signature, String[] exceptions) {
                            members.add(name + descriptor);
                            return super.visitMethod(access, name, descriptor, signature, exceptions);
                        }

                        @Override
                        public org.objectweb.asm.FieldVisitor visitField(
                                int access, String name, String descriptor, String signature, Object value) {
                            members.add(name);
                            return super.visitField(access, name, descriptor, signature, value);
                        }
                    },
                    ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
            return new OwnClass(supers, members);
        }
    }
}
