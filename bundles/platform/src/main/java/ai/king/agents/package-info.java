/** How engines and doors reach agents and tools. */
@Export
@Version("1.1.0")
@NullMarked
package ai.king.agents;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
