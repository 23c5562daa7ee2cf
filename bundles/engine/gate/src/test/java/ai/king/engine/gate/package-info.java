/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the gate, and {@link ai.king.engine.gate.TestGate} for those of other engines. */
package ai.king.engine.gate;
