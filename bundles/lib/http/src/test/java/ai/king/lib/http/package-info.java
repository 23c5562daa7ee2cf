/* SPDX-License-Identifier: Apache-2.0 */
/** What the tests of these tools share. */
package ai.king.lib.http;
