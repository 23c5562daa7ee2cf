/** Real agents, changed by a seeded generator, through the real pipeline: what stops which of them. */
@NullMarked
package ai.king.engine.evolution.mutants;

import org.jspecify.annotations.NullMarked;
