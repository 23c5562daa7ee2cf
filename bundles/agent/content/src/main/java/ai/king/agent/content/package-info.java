/** Writes what the public reads, from the data of the business and nothing else. */
@NullMarked
package ai.king.agent.content;

import org.jspecify.annotations.NullMarked;
