/** Ollama: what is pulled there is what it serves. */
@NullMarked
package ai.king.inference.ollama;

import org.jspecify.annotations.NullMarked;
