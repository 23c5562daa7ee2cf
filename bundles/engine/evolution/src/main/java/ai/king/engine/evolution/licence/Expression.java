/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.licence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** An expression of SPDX, such as {@code (MIT OR Apache-2.0) AND BSD-3-Clause}, against a list of allowed licences. */
final class Expression {

    /** How a licence stands to the list. */
    enum Standing {
        ALLOWED,
        UNKNOWN,
        REFUSED
    }

    private final Collection<String> allowed;
    private final Deque<String> words;

    private Expression(String text, Collection<String> allowed) {
        this.allowed = allowed.stream().map(String::toLowerCase).collect(Collectors.toSet());
        this.words = new ArrayDeque<>(Arrays.asList(
                text.replace("(", " ( ").replace(")", " ) ").strip().split("\\s+")));
    }

    static Standing judge(String text, Collection<String> allowed) {
        Expression expression = new Expression(text, allowed);
        Standing standing = expression.either();
        return expression.words.isEmpty() ? standing : Standing.UNKNOWN;
    }

    private Standing either() {
        List<Standing> parts = new ArrayList<>(List.of(both()));
        while (took("OR")) {
            parts.add(both());
        }
        return parts.stream().min(Standing::compareTo).orElse(Standing.UNKNOWN);
    }

    private Standing both() {
        List<Standing> parts = new ArrayList<>(List.of(one()));
        while (took("AND")) {
            parts.add(one());
        }
        return parts.stream().max(Standing::compareTo).orElse(Standing.UNKNOWN);
    }

    private Standing one() {
        if (took("(")) {
            Standing inner = either();
            return took(")") ? inner : Standing.UNKNOWN;
        }
        String name = words.isEmpty() ? "" : words.pop();
        // An exception only ever permits more.
        String whole = took("WITH") && !words.isEmpty() ? name + " WITH " + words.pop() : name;
        if (allowed.contains(whole.toLowerCase()) || allowed.contains(name.toLowerCase())) {
            return Standing.ALLOWED;
        }
        return name.isEmpty() || !Spdx.identifies(name) ? Standing.UNKNOWN : Standing.REFUSED;
    }

    private boolean took(String word) {
        if (!words.isEmpty() && words.peek().equalsIgnoreCase(word)) {
            words.pop();
            return true;
        }
        return false;
    }
}
