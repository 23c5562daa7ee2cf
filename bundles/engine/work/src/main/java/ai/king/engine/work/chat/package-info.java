/** Conversations: what a message wants, figures computed from stored data, goals filed, words by a model. */
@NullMarked
package ai.king.engine.work.chat;

import org.jspecify.annotations.NullMarked;
