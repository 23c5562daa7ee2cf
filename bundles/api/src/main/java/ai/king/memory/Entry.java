/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory;

import java.time.Instant;
import java.util.Map;

/**
 * One remembered thing.
 *
 * @param namespace whose memory: a business, a user; namespaces never leak
 * @param writer the agent or person who wrote it
 * @param marked true when the text came from outside or derives from such text
 * @param attributes JSON values to filter by
 */
public record Entry(
        String id,
        String namespace,
        String writer,
        String text,
        boolean marked,
        Map<String, String> attributes,
        Instant at) {}
