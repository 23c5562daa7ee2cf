/** Understands and plans with a model that chats. */
@NullMarked
package ai.king.brain.react;

import org.jspecify.annotations.NullMarked;
