/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import ai.king.engine.evolution.check.BytecodeCheck.OwnClass;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Goes through one class and writes down what it may not use. */
final class Uses extends ClassVisitor {

    private static final Set<String> BOOTSTRAPS = Set.of(
            "java/lang/invoke/LambdaMetafactory",
            "java/lang/invoke/StringConcatFactory",
            "java/lang/runtime/ObjectMethods",
            "java/lang/runtime/SwitchBootstraps");

    private final String name;
    private final Map<String, OwnClass> own;
    private final Allowed allowed;
    private final Collection<String> faults;
    private final boolean strict;
    private String method = "";
    private int line;

    /** @param strict for the plug's own code: what keeps a class loader, or answers differently in a second run, is refused */
    Uses(String name, Map<String, OwnClass> own, Allowed allowed, Collection<String> faults, boolean strict) {
        super(Opcodes.ASM9);
        this.name = name;
        this.own = own;
        this.allowed = allowed;
        this.faults = faults;
        this.strict = strict;
    }

    @Override
    public void visit(
            int version,
            int access,
            String type,
            @Nullable String signature,
            @Nullable String parent,
            String[] interfaces) {
        if (parent != null) {
            type(parent);
        }
        for (String one : interfaces) {
            type(one);
        }
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
        type(Type.getType(descriptor));
        boolean changing = (access & Opcodes.ACC_STATIC) != 0 && (access & Opcodes.ACC_FINAL) == 0;
        if (strict && changing) {
            fault("has the static field " + field + ", which outlives a swap: make it final, or a field");
        }
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        if ((access & Opcodes.ACC_NATIVE) != 0) {
            fault("has the native method " + method);
        }
        if (method.equals("finalize") && descriptor.equals("()V")) {
            fault("has a finalizer");
        }
        if (strict && (access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            fault("synchronizes " + method + ": calls of a plug run at once");
        }
        this.method = method.startsWith("lambda$") ? method.split("\\$")[1] : method;
        line = 0;
        return new Code();
    }

    private void fault(String what) {
        String where = method.isEmpty() ? "" : " in " + method + (line > 0 ? ", line " + line : "");
        faults.add(name.replace('/', '.') + " " + what + where);
    }

    private void type(Type type) {
        if (type.getSort() == Type.ARRAY) {
            type(type.getElementType());
        } else if (type.getSort() == Type.OBJECT) {
            type(type.getInternalName());
        } else if (type.getSort() == Type.METHOD) {
            type(type.getReturnType());
            for (Type argument : type.getArgumentTypes()) {
                type(argument);
            }
        }
    }

    private void type(String internal) {
        if (internal.startsWith("[")) {
            type(Type.getObjectType(internal).getElementType());
        } else if (!own.containsKey(internal) && !allowed.type(internal)) {
            fault("uses " + internal.replace('/', '.'));
        }
    }

    private void member(String owner, String member, String descriptor) {
        if (owner.startsWith("[") || inherited(owner, member, descriptor)) {
            return;
        }
        String what = owner.replace('/', '.') + "." + member;
        fault("uses " + what);
    }

    private boolean inherited(String owner, String member, String descriptor) {
        OwnClass mine = own.get(owner);
        if (mine == null) {
            return allowed.member(owner, member, descriptor, strict);
        }
        String declared = descriptor.startsWith("(") ? member + descriptor : member;
        return mine.members().contains(declared)
                || mine.supers().stream().anyMatch(parent -> inherited(parent, member, descriptor));
    }

    private void constant(@Nullable Object value) {
        if (value instanceof Type type) {
            type(type);
        } else if (value instanceof Handle handle) {
            member(handle.getOwner(), handle.getName(), handle.getDesc());
        } else if (value instanceof ConstantDynamic) {
            fault("computes a constant in an unusual way");
        }
    }

    /** The instructions of a method. */
    private final class Code extends MethodVisitor {

        Code() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
        }

        @Override
        public void visitEnd() {
            method = "";
            line = 0;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            type(type);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            member(owner, field, descriptor);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
            member(owner, method, descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
            if (!BOOTSTRAPS.contains(bootstrap.getOwner())) {
                fault("calls through " + bootstrap.getOwner().replace('/', '.'));
            }
            for (Object argument : arguments) {
                constant(argument);
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            constant(value);
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            type(Type.getType(descriptor));
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            if (type != null) {
                type(type);
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (strict && opcode == Opcodes.MONITORENTER) {
                fault("has a synchronized block: calls of a plug run at once");
            }
        }
    }
}
