/** Goals, steps and recorded calls: durable work, exactly once. */
@Export
@Version("1.0.0")
@NullMarked
package ai.king.work;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
