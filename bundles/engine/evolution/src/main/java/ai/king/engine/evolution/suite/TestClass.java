/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.suite;

import ai.king.engine.evolution.suite.Suite.Test;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Goes through one class: which methods are tests, which are switched off, which assertions each can come to. */
final class TestClass extends ClassVisitor {

    private static final Set<String> TESTS = Set.of(
            "Lorg/junit/jupiter/api/Test;",
            "Lorg/junit/jupiter/api/RepeatedTest;",
            "Lorg/junit/jupiter/api/TestFactory;",
            "Lorg/junit/jupiter/api/TestTemplate;",
            "Lorg/junit/jupiter/params/ParameterizedTest;");
    private static final String CONTRACTS = "ai/king/kit/";

    private final Map<String, Body> bodies = new HashMap<>();
    private String name = "";
    private String contract = "";
    private boolean off;

    /** A method: what it is, and what it calls. */
    private static final class Body {
        private boolean test;
        private boolean off;
        private int looks;
        private final Set<String> calls = new HashSet<>();
    }

    private TestClass() {
        super(Opcodes.ASM9);
    }

    static Map<String, Test> read(ClassReader reader) {
        TestClass read = new TestClass();
        reader.accept(read, ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
        return read.tests();
    }

    private Map<String, Test> tests() {
        Map<String, Test> tests = new TreeMap<>();
        String shown = name.replace('/', '.');
        if (!contract.isEmpty()) {
            tests.put(shown + " asking " + contract, new Test(off, 0));
        }
        bodies.forEach((key, body) -> {
            if (body.test) {
                String method = key.substring(0, key.indexOf('('));
                tests.put(shown + "." + method, new Test(off || body.off, looks(key, new HashSet<>())));
            }
        });
        return tests;
    }

    /** Assertions of a method and of those of its class that it calls, each once. */
    private int looks(String method, Set<String> seen) {
        Body body = bodies.get(method);
        if (body == null || !seen.add(method)) {
            return 0;
        }
        return body.looks
                + body.calls.stream().mapToInt(called -> looks(called, seen)).sum();
    }

    private static boolean switchesOff(String annotation) {
        return annotation.equals("Lorg/junit/jupiter/api/Disabled;")
                || annotation.startsWith("Lorg/junit/jupiter/api/condition/");
    }

    private static boolean asserts(String owner) {
        return owner.startsWith("org/assertj/core/api/") || owner.startsWith("org/junit/jupiter/api/Assertions");
    }

    @Override
    public void visit(
            int version,
            int access,
            String type,
            @Nullable String signature,
            @Nullable String parent,
            String[] interfaces) {
        name = type;
        contract = parent != null && parent.startsWith(CONTRACTS) ? parent.substring(CONTRACTS.length()) : "";
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        off |= switchesOff(descriptor);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        Body body = new Body();
        bodies.put(method + descriptor, body);
        return new Code(body);
    }

    private final class Code extends MethodVisitor {

        private final Body body;

        Code(Body body) {
            super(Opcodes.ASM9);
            this.body = body;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            body.test |= TESTS.contains(descriptor);
            body.off |= switchesOff(descriptor);
            return null;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
            if (asserts(owner)) {
                body.looks++;
            } else if (owner.equals(name)) {
                body.calls.add(method + descriptor);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle && handle.getOwner().equals(name)) {
                    body.calls.add(handle.getName() + handle.getDesc());
                }
            }
        }
    }
}
