/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import org.jspecify.annotations.Nullable;

/** Takes the lines of an upload as they are read, in order. */
interface Lines {

    /** A line whose cells are good: one value for each column of the kind. */
    void good(long line, @Nullable Object[] cells);

    /** A line that cannot be taken, and why. */
    void bad(long line, String reason);
}
