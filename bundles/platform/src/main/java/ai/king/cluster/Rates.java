/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.cluster;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How often something is done, counted over all nodes where they share and on this node where they do not. For protection
 * against too much at once; what must never be exceeded (money, transactions a day) is counted in the store. Never blocks for
 * long.
 */
@ProviderType
public interface Rates {

    /** Counts one more of a key in the window that runs now. */
    Pass take(String key, int most, Duration window);

    /**
     * Whether it may be done.
     *
     * @param after when it may be tried again; zero when it may be done now
     */
    record Pass(boolean allowed, Duration after) {}
}
