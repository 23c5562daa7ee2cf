/** The nodes on one database, and events across them. */
@NullMarked
package ai.king.engine.cluster;

import org.jspecify.annotations.NullMarked;
