/** Users, passwords and tokens, in the store like everything else. */
@NullMarked
package ai.king.engine.store.access;

import org.jspecify.annotations.NullMarked;
