/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.evolution;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the release holds besides plugs, such as playbooks and the shares of adapters, for the engines that go by it. Answers
 * on any thread from memory, at most a second after the release changed; empty before the first one was read.
 */
@ProviderType
public interface Released {

    /**
     * The items of a type for a goal: those of the release on trial when the goal is in its share, else the permanent ones.
     *
     * @param bucket goal or task id: one goal sees one world; empty for the permanent ones
     */
    List<Release.Item> items(String type, String bucket);

    /**
     * Counts a call that such items decided about, for the rule that ends a trial.
     *
     * @param about name of an item, or what stands before its first slash
     */
    void count(String type, String about, String bucket, long nanos, boolean failed);
}
