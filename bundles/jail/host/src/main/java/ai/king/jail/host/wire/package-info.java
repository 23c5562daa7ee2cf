/* SPDX-License-Identifier: Apache-2.0 */
/** What passes through the pipe between the platform and a jailed agent: frames, and the one codec for them. */
@NullMarked
package ai.king.jail.host.wire;

import org.jspecify.annotations.NullMarked;
