/** Users, roles and tokens: who is who. */
@Export
@Version("1.0.0")
@NullMarked
package ai.king.access;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
