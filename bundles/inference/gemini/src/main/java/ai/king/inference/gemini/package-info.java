/** Google's Gemini models, by the Gemini API. */
@NullMarked
package ai.king.inference.gemini;

import org.jspecify.annotations.NullMarked;
