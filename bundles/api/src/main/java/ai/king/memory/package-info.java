/** What a memory store is: entries of a namespace, recalled by meaning or by filter. */
@Export
@Version("1.1.0")
@NullMarked
package ai.king.memory;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
