/* SPDX-License-Identifier: Apache-2.0 */
/** The tests that came along with a version, and whether a later version's say less. */
@NullMarked
package ai.king.engine.evolution.suite;

import org.jspecify.annotations.NullMarked;
