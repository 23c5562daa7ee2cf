/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

/** One answer of a model to a step, as it is recorded. */
record ModelCall(String stepId, String agent, String model, long millis) {}
