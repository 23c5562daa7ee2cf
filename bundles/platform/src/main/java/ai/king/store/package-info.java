/** State, ledger and outbox in one transaction; rows are records, entities never leave the engine. */
@Export
@Version("1.1.0")
@NullMarked
package ai.king.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
