/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import java.util.HashMap;
import java.util.Map;
import org.osgi.util.converter.Converters;

/** Wardens for tests. */
final class Wardens {

    private Wardens() {}

    static Warden standard() {
        return with(Map.of());
    }

    static Warden with(Map<String, Object> configuration) {
        return new Warden(Converters.standardConverter()
                .convert(new HashMap<>(configuration))
                .to(Warden.Config.class));
    }
}
