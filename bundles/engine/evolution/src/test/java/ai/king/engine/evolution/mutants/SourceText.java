/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Name;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The source of one class, with the places where a mutation can be made; parsed by the compiler. */
final class SourceText {

    private static final Map<Tree.Kind, String[]> OPERATORS = Map.of(
            Tree.Kind.EQUAL_TO, new String[] {"==", "!="},
            Tree.Kind.LESS_THAN, new String[] {"<", ">="},
            Tree.Kind.GREATER_THAN, new String[] {">", "<="},
            Tree.Kind.LESS_THAN_EQUAL, new String[] {"<=", ">"},
            Tree.Kind.GREATER_THAN_EQUAL, new String[] {">=", "<"},
            Tree.Kind.CONDITIONAL_AND, new String[] {"&&", "||"},
            Tree.Kind.CONDITIONAL_OR, new String[] {"||", "&&"},
            Tree.Kind.MULTIPLY, new String[] {"*", "/"},
            Tree.Kind.DIVIDE, new String[] {"/", "*"},
            Tree.Kind.MINUS, new String[] {"-", "+"});

    private final String text;
    private final List<Edit> edits = new ArrayList<>();
    private int perform = -1;
    private int constructor = -1;

    /** One value that becomes another one. */
    record Edit(int start, int end, String with, String what) {}

    SourceText(String text) {
        this.text = text;
        try {
            JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                    .getTask(null, null, found -> {}, List.of("-proc:none"), null, List.of(new Unit(text)));
            CompilationUnitTree unit = task.parse().iterator().next();
            new Places(unit, Trees.instance(task).getSourcePositions()).scan(unit, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What makes it answer something else, perhaps. */
    List<Edit> edits() {
        return List.copyOf(edits);
    }

    String with(Edit edit) {
        return text.substring(0, edit.start()) + edit.with() + text.substring(edit.end());
    }

    /** The class with members more, and statements at the start of its constructor and of {@code perform}. */
    String with(String members, String inConstructor, String inPerform) {
        if (perform < 0 || constructor < 0) {
            throw new IllegalStateException("it is no agent with a constructor");
        }
        int body = text.indexOf('{', text.indexOf("implements Agent")) + 1;
        StringBuilder made = new StringBuilder(text);
        // From the end, so that the places before stay where they are.
        made.insert(perform, inPerform).insert(constructor, inConstructor).insert(body, members);
        return made.toString();
    }

    private final class Places extends TreeScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        Places(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        private int start(Tree tree) {
            return (int) positions.getStartPosition(unit, tree);
        }

        private int end(Tree tree) {
            return (int) positions.getEndPosition(unit, tree);
        }

        @Override
        public Void visitAnnotation(AnnotationTree node, Void nothing) {
            return null;
        }

        @Override
        public Void visitMethod(MethodTree node, Void nothing) {
            Name name = node.getName();
            if (node.getBody() != null && name.contentEquals("perform")) {
                perform = start(node.getBody()) + 1;
            } else if (node.getBody() != null && name.contentEquals("<init>")) {
                constructor = start(node.getBody()) + 1;
            }
            return super.visitMethod(node, nothing);
        }

        @Override
        public Void visitLiteral(LiteralTree node, Void nothing) {
            changed(node.getValue()).ifPresent(with -> edit(start(node), end(node), with));
            return super.visitLiteral(node, nothing);
        }

        @Override
        public Void visitIf(IfTree node, Void nothing) {
            int from = start(node.getCondition()) + 1;
            int to = end(node.getCondition()) - 1;
            edit(from, to, "!(" + text.substring(from, to) + ")");
            return super.visitIf(node, nothing);
        }

        @Override
        public Void visitBinary(BinaryTree node, Void nothing) {
            String[] operator = OPERATORS.get(node.getKind());
            if (operator != null) {
                int at = text.indexOf(operator[0], end(node.getLeftOperand()));
                edit(at, at + operator[0].length(), operator[1]);
            }
            return super.visitBinary(node, nothing);
        }

        private void edit(int start, int end, String with) {
            long line = text.substring(0, start).lines().count();
            String what = "line " + line + ": " + text.substring(start, end) + " -> " + with;
            edits.add(new Edit(start, end, with, what));
        }
    }

    private static Optional<String> changed(Object value) {
        if (value instanceof Integer number) {
            return Optional.of(Integer.toString(number + 1));
        }
        if (value instanceof Long number) {
            return Optional.of((number + 1) + "L");
        }
        if (value instanceof Double number) {
            return Optional.of(Double.toString(number * 1.01));
        }
        if (value instanceof Boolean bool) {
            return Optional.of(Boolean.toString(!bool));
        }
        return Optional.empty();
    }

    private static final class Unit extends SimpleJavaFileObject {

        private final String text;

        Unit(String text) {
            super(URI.create("string:///Mutated.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
