/** How a goal is understood and planned: intents, plans, and who makes them. */
@Export
@Version("1.0.0")
@NullMarked
package ai.king.brain;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
