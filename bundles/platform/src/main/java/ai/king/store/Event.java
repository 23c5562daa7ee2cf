/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * An event of the outbox in the order all nodes agree on.
 *
 * @param position ascending without order changes; what {@code Last-Event-ID} names
 */
public record Event(long position, String type, Instant at, Map<String, Object> data, Set<String> channels) {}
