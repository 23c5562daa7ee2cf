/** Memory in this process: a log on disk and a graph over its vectors. */
@NullMarked
package ai.king.memory.local;

import org.jspecify.annotations.NullMarked;
