/** The one database: state, ledger and outbox in one transaction, over Aries JPA. */
@NullMarked
package ai.king.engine.store;

import org.jspecify.annotations.NullMarked;
