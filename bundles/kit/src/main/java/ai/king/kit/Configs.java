/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import java.util.Map;
import org.osgi.util.converter.Converters;

/** Makes a component's {@code Config} the way Declarative Services would, defaults included. */
public final class Configs {

    private Configs() {}

    public static <T> T of(Class<T> config, Map<String, ?> values) {
        return Converters.standardConverter().convert(values).to(config);
    }

    public static <T> T defaults(Class<T> config) {
        return of(config, Map.of());
    }
}
