/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

import ai.king.store.Row;

/** A setting of the site that is changed at run time and shared by the nodes: {@code risk.active}, {@code paused}. */
public record Setting(String id, String value, long version) implements Row {}
