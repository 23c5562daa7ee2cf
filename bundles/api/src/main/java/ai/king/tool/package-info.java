/** What a tool is: one operation with a schema and a declared effect, called only behind the gate. */
@Export
@Version("1.1.0")
@NullMarked
package ai.king.tool;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
