/* SPDX-License-Identifier: Apache-2.0 */
/** Everything that is measured, peers beside it in one run. Not null-marked: JMH fills fields after the constructor. */
package ai.king.bench;
