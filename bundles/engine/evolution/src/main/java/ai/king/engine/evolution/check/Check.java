/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

/** One question about a candidate; asked on any thread, without running any of its code. */
public interface Check {

    /** As in findings: {@code manifest}, {@code baseline} ... */
    String name();

    Answer ask(Candidate candidate);
}
