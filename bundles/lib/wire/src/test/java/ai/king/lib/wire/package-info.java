/* SPDX-License-Identifier: Apache-2.0 */
/** What the tests of all backends share. */
package ai.king.lib.wire;
