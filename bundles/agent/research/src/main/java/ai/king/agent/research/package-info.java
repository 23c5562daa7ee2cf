/** Finds out what documents say, each finding with the words it rests on. */
@NullMarked
package ai.king.agent.research;

import org.jspecify.annotations.NullMarked;
