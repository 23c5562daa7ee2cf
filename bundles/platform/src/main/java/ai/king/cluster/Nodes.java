/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.cluster;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The nodes on one database. */
@ProviderType
public interface Nodes {

    /** This node's id, kept in its data folder. */
    String self();

    /** All nodes seen in the last 30 s, this one too, in ascending order of id. */
    List<Node> alive();

    /**
     * Called by the reconciler: what this node runs now.
     *
     * @param trial release on trial here; 0 for none
     * @param trialError why something of that is not there
     */
    void applied(long release, String error, long trial, String trialError);

    /** The same without a trial. */
    default void applied(long release, String error) {
        applied(release, error, 0, "");
    }
}
