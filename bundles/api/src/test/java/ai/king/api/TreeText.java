/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.api;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What bnd compares, as lines that a person can read and git can compare: depth, type, name, and what adding and removing it means. */
final class TreeText {

    private TreeText() {}

    static List<String> lines(Tree tree) {
        List<String> lines = new ArrayList<>();
        add(tree.serialize(), 0, lines);
        return lines;
    }

    private static void add(Tree.Data data, int depth, List<String> lines) {
        lines.add(depth + " " + data.type + " " + data.name + " " + data.add + " " + data.rem);
        if (data.children != null) {
            for (Tree.Data child : data.children) {
                add(child, depth + 1, lines);
            }
        }
    }

    static Tree tree(List<String> lines) throws Exception {
        Deque<Node> open = new ArrayDeque<>();
        for (String line : lines) {
            Node node = new Node(line);
            while (!open.isEmpty() && open.peek().depth >= node.depth) {
                open.pop().close();
            }
            if (!open.isEmpty()) {
                open.peek().children.add(node.data);
            }
            open.push(node);
        }
        Node root = open.peekLast();
        while (!open.isEmpty()) {
            open.pop().close();
        }
        return new DiffPluginImpl().deserialize(root.data);
    }

    private static final class Node {
        private final int depth;
        private final Tree.Data data = new Tree.Data();
        private final List<Tree.Data> children = new ArrayList<>();

        Node(String line) {
            int type = line.indexOf(' ');
            int name = line.indexOf(' ', type + 1);
            int removed = line.lastIndexOf(' ');
            int added = line.lastIndexOf(' ', removed - 1);
            depth = Integer.parseInt(line.substring(0, type));
            data.type = Type.valueOf(line.substring(type + 1, name));
            data.name = line.substring(name + 1, added);
            data.add = Delta.valueOf(line.substring(added + 1, removed));
            data.rem = Delta.valueOf(line.substring(removed + 1));
        }

        void close() {
            data.children = children.toArray(Tree.Data[]::new);
        }
    }
}
