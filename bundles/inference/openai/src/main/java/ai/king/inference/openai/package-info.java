/** Any endpoint that speaks OpenAI's chat completions: OpenAI itself, vLLM, Ollama, a gateway. */
@NullMarked
package ai.king.inference.openai;

import org.jspecify.annotations.NullMarked;
