/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.window;

import java.util.Optional;

/** Says a text in fewer words. */
@FunctionalInterface
public interface Shortening {

    /** A summary of about so many tokens; empty when there is nobody who could write one. */
    Optional<String> of(String text, int tokens);

    /** Nobody writes summaries. */
    static Shortening none() {
        return (text, tokens) -> Optional.empty();
    }
}
