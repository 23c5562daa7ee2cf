/** Generations, leases and routes: how anything is swapped. */
@Export
@Version("1.0.0")
@NullMarked
package ai.king.plug;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
