/** The reference agent: example, test double and source of the archetype. */
@NullMarked
package ai.king.agent.echo;

import org.jspecify.annotations.NullMarked;
