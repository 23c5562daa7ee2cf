/** Chooses among the backends, stays clear of those that fail, and holds a lease as long as an answer lasts. */
@NullMarked
package ai.king.engine.inference;

import org.jspecify.annotations.NullMarked;
