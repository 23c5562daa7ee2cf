/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.kit.Configs;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes a component as the framework would: its configuration from properties, the rest as given. */
final class Plug {

    private Plug() {}

    static <T> T of(Class<T> type, Map<String, Object> properties, Object... services) {
        Constructor<?> constructor = type.getConstructors()[0];
        Class<?>[] wanted = constructor.getParameterTypes();
        List<Object> arguments = new ArrayList<>(List.of(Configs.of(wanted[0], properties)));
        arguments.addAll(Arrays.asList(services));
        try {
            return type.cast(constructor.newInstance(arguments.toArray()));
        } catch (InvocationTargetException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
