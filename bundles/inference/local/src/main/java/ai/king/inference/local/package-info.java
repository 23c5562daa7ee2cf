/** Embeds in this process, without a network: the model travels with the platform. */
@NullMarked
package ai.king.inference.local;

import org.jspecify.annotations.NullMarked;
