/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.ws.rs.Consumes;
import javax.ws.rs.HttpMethod;
import javax.ws.rs.Path;

/** Every operation of the endpoint, read from its resources. */
final class Operations {

    private Operations() {}

    /** One operation; {@code path} has something in place of each variable. */
    record Operation(String method, String template, Method java) {
        String path() {
            return template.replaceAll("[{][^}]+[}]", "0");
        }

        String reads() {
            Consumes own = java.getAnnotation(Consumes.class);
            Consumes consumes = own == null ? java.getDeclaringClass().getAnnotation(Consumes.class) : own;
            String first = consumes == null ? "application/json" : consumes.value()[0];
            return first.equals("*/*") ? "application/json" : first;
        }

        @Override
        public String toString() {
            return method + " " + template + " (" + reads() + ")";
        }
    }

    static List<Operation> all() {
        return new Resources(new FixedEngines(), Door.node())
                .all().stream().flatMap(Operations::of).toList();
    }

    private static Stream<Operation> of(Object resource) {
        Path root = resource.getClass().getAnnotation(Path.class);
        return Arrays.stream(resource.getClass().getDeclaredMethods())
                .filter(method -> !verb(method).isEmpty())
                .map(method -> new Operation(verb(method), join(root, method.getAnnotation(Path.class)), method));
    }

    private static String verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(HttpMethod::value)
                .findFirst()
                .orElse("");
    }

    private static String join(Path root, Path own) {
        String start = root.value().equals("/") ? "" : root.value();
        return own == null ? start : start + own.value();
    }
}
