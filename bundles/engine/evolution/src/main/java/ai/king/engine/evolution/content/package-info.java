/** Changes that bring no code: what they say, what is asked of them, how people read them. */
@NullMarked
package ai.king.engine.evolution.content;

import org.jspecify.annotations.NullMarked;
