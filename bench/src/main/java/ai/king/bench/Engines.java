/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.access.Users;
import ai.king.engine.gate.GateEngine;
import ai.king.engine.plug.PlugEngine;
import ai.king.gate.DecisionListener;
import ai.king.plug.Plugs;
import ai.king.signals.Signals;
import ai.king.store.Store;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;

/** Makes engines outside Declarative Services; what only the framework calls in them is called by reflection. */
final class Engines {

    private Engines() {}

    /** The real engine with its default configuration. */
    static Plugs plugs(BundleContext context) {
        return of(PlugEngine.class, Map.of(), context);
    }

    /** The gate with the profiles of a file. */
    static GateEngine gate(Path profiles, Store store, Users users) {
        return of(GateEngine.class, Map.of("profiles", profiles.toString()), store, users);
    }

    /**
     * Makes a component as the framework does: each parameter of its constructor is its configuration, with these values and
     * the defaults for the rest, or the service of that type.
     */
    static <T> T of(Class<T> type, Map<String, Object> values, Object... services) {
        Constructor<?> constructor = type.getConstructors()[0];
        Object[] arguments = Arrays.stream(constructor.getParameterTypes())
                .map(parameter -> parameter.isAnnotation()
                        ? config(parameter, values)
                        : Arrays.stream(services)
                                .filter(parameter::isInstance)
                                .findFirst()
                                .orElseThrow(() -> new IllegalStateException("no " + parameter + " for " + type)))
                .toArray();
        return type.cast(make(constructor, arguments));
    }

    static void listen(GateEngine gate, ComponentServiceObjects<DecisionListener> listener) {
        try {
            Method add = GateEngine.class.getDeclaredMethod("addListener", ComponentServiceObjects.class);
            add.setAccessible(true);
            add.invoke(gate, listener);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls what Declarative Services calls at the end of a component. */
    static void stop(Object component) {
        Arrays.stream(component.getClass().getDeclaredMethods())
                .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic())
                .filter(method ->
                        method.getName().equals("stop") || method.getName().equals("close"))
                .findFirst()
                .ifPresent(method -> {
                    try {
                        method.setAccessible(true);
                        method.invoke(component);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static Object make(Constructor<?> constructor, Object... arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object config(Class<?> type, Map<String, Object> values) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    /** An object that gives these answers; its other methods are never called. */
    static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (answers.containsKey(method.getName())) {
                        return answers.get(method.getName());
                    }
                    throw new IllegalStateException(method + " was not to be called");
                }));
    }

    /** Signals that nobody hears. */
    static Signals unheard() {
        Map<String, Object> nothing = new HashMap<>();
        List.of("emit", "event", "count", "time").forEach(name -> nothing.put(name, null));
        return answering(Signals.class, nothing);
    }

    /** An object whose methods are never called. */
    static <T> T nothing(Class<T> type) {
        return answering(type, Map.of());
    }
}
