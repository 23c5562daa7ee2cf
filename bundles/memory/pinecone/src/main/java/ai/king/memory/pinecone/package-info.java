/** Memory in an index of Pinecone. */
@NullMarked
package ai.king.memory.pinecone;

import org.jspecify.annotations.NullMarked;
