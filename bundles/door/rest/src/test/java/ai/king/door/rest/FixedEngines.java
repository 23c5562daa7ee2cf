/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Engines given by a test. */
final class FixedEngines implements Engines {

    private final Map<Class<?>, Object> services = new HashMap<>();

    <T> FixedEngines with(Class<T> type, T service) {
        services.put(type, service);
        return this;
    }

    void without(Class<?> type) {
        services.remove(type);
    }

    @Override
    public <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(services.get(type)).map(type::cast);
    }

    /** An engine that knows nothing: lists are empty, everything asked for by id is unknown. */
    static <T> T empty(Class<T> type) {
        InvocationHandler nothing = (proxy, method, arguments) -> {
            Class<?> answer = method.getReturnType();
            if (answer == Optional.class) {
                return Optional.empty();
            }
            if (answer == java.util.List.class) {
                return java.util.List.of();
            }
            if (answer == ai.king.store.Page.class) {
                return new ai.king.store.Page<>(java.util.List.of(), null);
            }
            throw new NoSuchElementException(method.getName());
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, nothing));
    }
}
