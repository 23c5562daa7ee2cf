/** What a model gets to read: texts measured in tokens, shared out, and shortened where they do not fit. */
@NullMarked
package ai.king.lib.window;

import org.jspecify.annotations.NullMarked;
