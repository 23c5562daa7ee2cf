/** Contract tests that every plug passes, and fakes of what a plug is given. For tests and the jail; never installed. */
@Export
@Version("1.0.0")
@NullMarked
package ai.king.kit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
