/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.plug;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The only way to reach a plug. */
@ProviderType
public interface Plugs {

    /**
     * Leases the generation of a name that serves this key. Never blocks; a few hundred nanoseconds, whatever the number
     * of plugs. Throws {@link NoSuchPlug}.
     */
    <T> Lease<T> lease(Class<T> type, String name, RouteKey key);

    /** Names of a type with a generation that takes calls, in ascending order of name. */
    Set<String> names(Class<?> type);

    /** For each name the generation new calls mostly go to; what planners and lists describe. */
    List<Generation> current(Class<?> type);

    /** Calls the listener after generations appeared, left or changed weight; on the thread that changed it, briefly. */
    AutoCloseable onChange(Runnable listener);
}
