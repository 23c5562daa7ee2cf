/** How engines and doors reach models. */
@Export
@Version("1.0.0")
@NullMarked
package ai.king.inferences;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
