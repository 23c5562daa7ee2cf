/** Businesses and their records, documents and figures. */
@Export
@Version("1.0.0")
@NullMarked
package ai.king.business;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
