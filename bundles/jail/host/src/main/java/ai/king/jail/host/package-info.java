/* SPDX-License-Identifier: Apache-2.0 */
/** The program that runs in the jail: a small framework, one agent, one pipe. */
@NullMarked
package ai.king.jail.host;

import org.jspecify.annotations.NullMarked;
