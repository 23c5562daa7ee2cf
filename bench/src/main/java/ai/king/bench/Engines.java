/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.engine.plug.PlugEngine;
import ai.king.plug.Plugs;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import org.osgi.framework.BundleContext;

/** Makes engines outside Declarative Services. */
final class Engines {

    private Engines() {}

    /** The real engine with its default configuration; its configuration type is its own, so it is made by reflection. */
    static Plugs plugs(BundleContext context) {
        try {
            Constructor<?> constructor = PlugEngine.class.getConstructors()[0];
            Class<?> config = constructor.getParameterTypes()[1];
            Object defaults = Proxy.newProxyInstance(
                    config.getClassLoader(),
                    new Class<?>[] {config},
                    (proxy, method, arguments) -> method.getDefaultValue());
            return (Plugs) constructor.newInstance(context, defaults);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An object whose methods are never called. */
    static <T> T nothing(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(method + " was not to be called");
                }));
    }
}
