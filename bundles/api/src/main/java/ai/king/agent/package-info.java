/** What an agent is, and what it may use while it works. */
@Export
@Version("1.1.0")
@NullMarked
package ai.king.agent;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
