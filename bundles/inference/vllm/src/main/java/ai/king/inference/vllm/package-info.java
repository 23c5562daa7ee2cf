/** vLLM: its models with their adapters, and how busy it is. */
@NullMarked
package ai.king.inference.vllm;

import org.jspecify.annotations.NullMarked;
