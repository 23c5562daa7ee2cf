/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Takes some figures, peers interleaved with ours, and says how they stand to their limits. */
interface Measure {

    /** The word that chooses it on the command line. */
    String name();

    /** Runs all rounds. An exception is a figure that could not be taken, never one that missed its limit. */
    List<Line> take(Setting setting) throws IOException, SQLException, InterruptedException;
}
