/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

import ai.king.access.Identity;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The switches of the site. */
@ProviderType
public interface Controls {

    /** After 2 s no effect, generation or proposal step starts on any node; calls under way end. */
    void pause(Identity by);

    void resume(Identity by);

    boolean paused();

    /** Makes a profile active; a looser one than the present needs an approval, which is then answered. */
    Optional<Approval> activate(Identity by, String profile);
}
