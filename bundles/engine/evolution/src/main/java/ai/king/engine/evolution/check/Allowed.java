/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * The classes and members of the Java library that an agent may use. A call is judged where the member is declared, so
 * that a subtype is no way around.
 */
final class Allowed {

    private static final String FILE = "allowed.txt";

    private final Map<String, Rule> classes = new HashMap<>();
    private final Set<String> packages = new HashSet<>();

    private Allowed() {}

    /**
     * What may be used of one class.
     *
     * @param all every member but the named ones; else only those
     * @param once members that answer differently in a second run: for libraries only
     */
    private record Rule(boolean all, Set<String> names, Set<String> once) {

        boolean permits(String member, boolean strict) {
            if (strict && once.contains(member)) {
                return false;
            }
            return all != names.contains(member) || once.contains(member);
        }
    }

    static Allowed load() {
        Allowed allowed = new Allowed();
        try (InputStream in = Objects.requireNonNull(Allowed.class.getResourceAsStream(FILE));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(allowed::add);
        } catch (IOException e) {
            throw new UncheckedIOException("the list of what agents may use cannot be read", e);
        }
        return allowed;
    }

    /** {@code package *}, {@code package: Class Class}, or {@code package.Class member -member ?member}. */
    private void add(String line) {
        String[] words = line.split("\\s+");
        String first = words[0];
        if (first.endsWith(":")) {
            for (int i = 1; i < words.length; i++) {
                classes.put(
                        internal(first.substring(0, first.length() - 1) + "." + words[i]),
                        new Rule(true, Set.of(), Set.of()));
            }
        } else if (first.endsWith(".*")) {
            packages.add(internal(first.substring(0, first.length() - 2)));
        } else {
            Set<String> names = new HashSet<>();
            Set<String> once = new HashSet<>();
            boolean all = false;
            for (String word : Arrays.asList(words).subList(1, words.length)) {
                if (word.equals("*")) {
                    all = true;
                } else if (word.startsWith("?")) {
                    once.add(word.substring(1));
                } else {
                    names.add(word.startsWith("-") ? word.substring(1) : word);
                }
            }
            classes.put(internal(first), new Rule(all, names, once));
        }
    }

    /** Whether the class may be named at all. */
    boolean type(String internal) {
        return rule(internal).isPresent();
    }

    /** Whether a member may be used through this class. */
    boolean member(String owner, String member, String descriptor, boolean strict) {
        if (owner.startsWith("ai/king/")) {
            return rule(owner).isPresent();
        }
        Optional<Rule> through = rule(owner);
        if (through.isEmpty()) {
            return false;
        }
        return declaring(owner, member, descriptor)
                .flatMap(this::rule)
                .or(() -> through)
                .filter(rule -> rule.permits(member, strict))
                .isPresent();
    }

    private Optional<Rule> rule(String internal) {
        Rule exact = classes.get(internal);
        if (exact != null) {
            return Optional.of(exact);
        }
        int slash = internal.lastIndexOf('/');
        if (slash > 0 && packages.contains(internal.substring(0, slash))) {
            return Optional.of(new Rule(true, Set.of(), Set.of()));
        }
        boolean throwable = internal.startsWith("java/")
                && load(internal).filter(Throwable.class::isAssignableFrom).isPresent();
        return throwable ? Optional.ofNullable(classes.get("java/lang/Throwable")) : Optional.empty();
    }

    private static Optional<Class<?>> load(String internal) {
        try {
            return Optional.of(Class.forName(internal.replace('/', '.'), false, ClassLoader.getPlatformClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static Optional<String> declaring(String owner, String member, String descriptor) {
        return load(owner).map(type -> declaring(type, member, descriptor)).map(Type::getInternalName);
    }

    private static @Nullable Class<?> declaring(@Nullable Class<?> type, String member, String descriptor) {
        if (type == null) {
            return null;
        }
        if (declares(type, member, descriptor)) {
            return type;
        }
        Class<?> above = declaring(type.getSuperclass(), member, descriptor);
        for (Class<?> one : above == null ? type.getInterfaces() : new Class<?>[0]) {
            above = above == null ? declaring(one, member, descriptor) : above;
        }
        return above;
    }

    private static boolean declares(Class<?> type, String member, String descriptor) {
        if (!descriptor.startsWith("(")) {
            return Arrays.stream(type.getDeclaredFields()).map(Field::getName).anyMatch(member::equals);
        }
        Executable[] executables = member.equals("<init>") ? type.getDeclaredConstructors() : type.getDeclaredMethods();
        for (Executable executable : executables) {
            String declared = executable instanceof Method method
                    ? Type.getMethodDescriptor(method)
                    : Type.getConstructorDescriptor((Constructor<?>) executable);
            if ((executable instanceof Constructor || executable.getName().equals(member))
                    && declared.equals(descriptor)) {
                return true;
            }
        }
        return false;
    }

    private static String internal(String name) {
        return name.replace('.', '/');
    }
}
