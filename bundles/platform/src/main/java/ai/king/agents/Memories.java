/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agents;

import ai.king.memory.Recalled;
import ai.king.store.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What businesses remember, each apart: recent entries by time, summaries of older ones, and all of them by meaning. An entry
 * is stored in the platform's store before it is acknowledged; memory plugs hold an index of it. What is recalled is read
 * from the store again, so no plug can make an entry up, show one of another namespace or take a mark away. Calls block;
 * a namespace that is blank or longer than 200 characters is an {@link IllegalArgumentException}.
 */
@ProviderType
public interface Memories {

    /** The namespace of a business. */
    static String business(String businessId) {
        return "business:" + businessId;
    }

    /** The business whose namespace it is; empty for any other. */
    static Optional<String> businessOf(String namespace) {
        String prefix = business("");
        return namespace.startsWith(prefix) ? Optional.of(namespace.substring(prefix.length())) : Optional.empty();
    }

    /** The namespace of a goal that names no business. */
    static String goal(String goalId) {
        return "goal:" + goalId;
    }

    /** Stores an entry and answers its id; the same key in the same namespace is stored once, as it was first. */
    String remember(Actor by, NewEntry entry);

    /** The entries nearest to a text whose attributes contain the filter, best first; none when nothing embeds. */
    List<Recalled> recall(String namespace, String text, Map<String, String> filter, int limit);

    /** The entries whose attributes contain the filter, newest first, with score 1. */
    List<Recalled> recent(String namespace, Map<String, String> filter, int limit);

    /** What older entries were condensed to, newest first, with score 1; none where no model was there to do it. */
    List<Recalled> summaries(String namespace, int limit);

    /** Removes entries by id; ids of another namespace and unknown ones are ignored. */
    void forget(Actor by, String namespace, List<String> ids);

    /** How the index of each memory plug stands on this node. */
    List<Index> indexes();

    /**
     * What is to be remembered.
     *
     * @param key makes storing again the same entry: a step's id and the text, a goal's id
     * @param marked true when the text came from outside or derives from such text
     */
    record NewEntry(
            String namespace, String key, String writer, String text, boolean marked, Map<String, String> attributes) {}

    /**
     * One memory plug's generation.
     *
     * @param current whether everything stored has reached it
     * @param serving whether recall asks it first
     * @param trouble what it failed with last; empty when it is well
     */
    record Index(String name, String generation, boolean current, boolean serving, long position, String trouble) {}
}
