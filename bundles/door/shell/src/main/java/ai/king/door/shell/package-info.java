/* SPDX-License-Identifier: Apache-2.0 */
/** Commands of the Karaf shell in the scope {@code king}; they act as the person who is logged in. */
@NullMarked
package ai.king.door.shell;

import org.jspecify.annotations.NullMarked;
