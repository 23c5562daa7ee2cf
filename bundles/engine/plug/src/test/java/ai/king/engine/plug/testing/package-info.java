/* SPDX-License-Identifier: Apache-2.0 */
/** A plain framework in the test's own JVM, and tiny plugs built from source. */
@NullMarked
package ai.king.engine.plug.testing;

import org.jspecify.annotations.NullMarked;
