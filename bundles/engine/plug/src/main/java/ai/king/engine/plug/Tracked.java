/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

/** One service in one family. */
record Tracked(Family family, Instance instance) {}
