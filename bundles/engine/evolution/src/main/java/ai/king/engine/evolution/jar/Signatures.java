/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The public and protected types, methods and fields of a plug's own packages, a line each, read without loading a class. */
public final class Signatures {

    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int VISIBLE = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;
    private static final int MADE_UP = Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE;

    private Signatures() {}

    public static SortedSet<String> read(Path file, PlugJar jar) throws IOException {
        Set<String> roots = Carried.roots(jar);
        SortedSet<String> lines = new TreeSet<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
                String name = entry.getName().replace('/', '.');
                if (name.endsWith(".class") && roots.stream().anyMatch(root -> name.startsWith(root + "."))) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        new ClassReader(in.readNBytes(LARGEST))
                                .accept(
                                        new Lines(lines),
                                        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
                    }
                }
            }
        } catch (RuntimeException e) {
            throw new IOException("its classes cannot be read: " + e.getMessage(), e);
        }
        return lines;
    }

    private static final class Lines extends ClassVisitor {

        private final SortedSet<String> lines;
        private String type = "";
        private boolean visible;

        Lines(SortedSet<String> lines) {
            super(Opcodes.ASM9);
            this.lines = lines;
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String parent,
                String[] interfaces) {
            type = Type.getObjectType(name).getClassName();
            visible = (access & VISIBLE) != 0 && (access & MADE_UP) == 0;
            if (!visible) {
                return;
            }
            String above = parent == null || parent.equals("java/lang/Object")
                    ? ""
                    : " extends " + Type.getObjectType(parent).getClassName();
            String fulfilled = interfaces.length == 0
                    ? ""
                    : " implements "
                            + Arrays.stream(interfaces)
                                    .map(one -> Type.getObjectType(one).getClassName())
                                    .sorted()
                                    .collect(Collectors.joining(", "));
            lines.add(type + " (" + ((access & Opcodes.ACC_INTERFACE) != 0 ? "interface" : "class") + above + fulfilled
                    + ")");
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            if (visible && (access & VISIBLE) != 0 && (access & MADE_UP) == 0) {
                lines.add(type + "." + name + ": " + Type.getType(descriptor).getClassName());
            }
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if (visible && (access & VISIBLE) != 0 && (access & MADE_UP) == 0 && !name.equals("<clinit>")) {
                lines.add(type + "." + name
                        + Arrays.stream(Type.getArgumentTypes(descriptor))
                                .map(Type::getClassName)
                                .collect(Collectors.joining(", ", "(", ")"))
                        + ": " + Type.getReturnType(descriptor).getClassName());
            }
            return null;
        }
    }
}
