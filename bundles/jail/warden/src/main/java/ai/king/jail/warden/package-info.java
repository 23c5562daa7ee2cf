/* SPDX-License-Identifier: Apache-2.0 */
/** Starts, watches and ends the programs in which candidates are tested and jailed agents live. */
@NullMarked
package ai.king.jail.warden;

import org.jspecify.annotations.NullMarked;
