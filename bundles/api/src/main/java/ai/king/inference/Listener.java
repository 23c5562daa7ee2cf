/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference;

import org.osgi.annotation.versioning.ProviderType;

/** Receives an answer while it is made. */
@ProviderType
@FunctionalInterface
public interface Listener {

    /** The next piece of text; called in order, never concurrently for one chat. Throwing ends the chat. */
    void onText(String piece);

    /** A listener for callers who only want the whole answer. */
    static Listener none() {
        return piece -> {};
    }
}
