/** What a monitoring sink is, and the signals it receives. */
@Export
@Version("1.0.0")
@NullMarked
package ai.king.monitor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
