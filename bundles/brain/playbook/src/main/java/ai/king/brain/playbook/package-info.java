/** Understands goals by their meaning and plans them from what the agents can do, without a model that chats. */
@NullMarked
package ai.king.brain.playbook;

import org.jspecify.annotations.NullMarked;
