/** Nodes, and events across them. */
@Export
@Version("1.1.0")
@NullMarked
package ai.king.cluster;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
