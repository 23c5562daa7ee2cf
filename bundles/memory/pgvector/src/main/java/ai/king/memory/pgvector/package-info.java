/** Memory in a PostgreSQL with the extension vector. */
@NullMarked
package ai.king.memory.pgvector;

import org.jspecify.annotations.NullMarked;
