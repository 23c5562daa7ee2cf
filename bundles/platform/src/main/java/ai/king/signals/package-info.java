/** Where every engine tells what happens. */
@Export
@Version("1.0.0")
@NullMarked
package ai.king.signals;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
