/** Proposals and releases: what should run, and how that changes. */
@Export
@Version("1.0.0")
@NullMarked
package ai.king.evolution;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
