/** What businesses remember: stored first, indexed by memory plugs, condensed by a model, read back from the store. */
@NullMarked
package ai.king.engine.memory;

import org.jspecify.annotations.NullMarked;
