/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool;

import java.util.Map;
import java.util.Optional;

/**
 * One call of a tool.
 *
 * @param key idempotency key {@code stepId:hash:nth}; the same key never has a second effect
 * @param businessId the business the call works for
 * @param arguments JSON values (String, Number, Boolean, List, Map, null as absent) valid against the schema
 */
public record ToolCall(String key, Optional<String> businessId, Map<String, Object> arguments) {}
