/* SPDX-License-Identifier: Apache-2.0 */
/** What was accepted, as a git repository: an export, never read back. */
@NullMarked
package ai.king.engine.evolution.git;

import org.jspecify.annotations.NullMarked;
