/** The one place where an effect is allowed, asked for, or refused. */
@Export
@Version("1.0.0")
@NullMarked
package ai.king.gate;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
