/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.util.Optional;

/** The engines as they come and go; what is not there yet is said, not waited for. */
public interface Engines extends AutoCloseable {

    /** The engine's service if it is there now. */
    <T> Optional<T> find(Class<T> type);

    /** The engine's service; {@link NotReady} while it is not there. */
    default <T> T get(Class<T> type) {
        return find(type).orElseThrow(() -> new NotReady(type.getSimpleName()));
    }

    @Override
    default void close() {}

    /** An engine is not there: the request may be repeated soon. */
    final class NotReady extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotReady(String what) {
            super(what + " is not ready");
        }
    }
}
