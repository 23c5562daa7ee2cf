/** Anthropic's models, by the messages protocol. */
@NullMarked
package ai.king.inference.anthropic;

import org.jspecify.annotations.NullMarked;
